import { type BreakoutGroup, groupOf, isParted } from '../../shared/breakouts.ts'
import type { Participant } from '../../shared/media.ts'
import { useFacts, useRoomSession } from '../media/RoomContext.tsx'
import { useCommand } from '../transport/useCommand.ts'

/** The groups that meet now, and where everybody is; null while all are together. */
export function useRound() {
  const { breakout, participants, selfId, siteId } = useFacts()
  if (!isParted(breakout)) return null
  const present = [...participants.values()].filter((one) => one.present)
  const groupWith = (groupId: string | null): BreakoutGroup | null => breakout.groups.find(({ id }) => id === groupId) ?? null
  return {
    ...breakout,
    mine: groupWith(groupOf(breakout, { id: selfId, siteId })),
    groupOfPerson: (person: Participant) => groupWith(groupOf(breakout, person)),
    /** Those in a group, or outside of all. */
    peopleIn: (groupId: string | null) => present.filter((one) => groupOf(breakout, one) === groupId),
    voice: breakout.voiceId === null ? null : (participants.get(breakout.voiceId) ?? null),
  }
}

export type Round = NonNullable<ReturnType<typeof useRound>>

/** What can be done with groups. Answers are known at once, before the news arrives. */
export function useRoundCommands() {
  const { learn } = useRoomSession()
  const open = useCommand('breakout:open')
  const extend = useCommand('breakout:extend')
  const close = useCommand('breakout:close')
  const place = useCommand('breakout:place')
  const go = useCommand('breakout:go')
  const announce = useCommand('breakout:announce')
  const voice = useCommand('breakout:voice')

  const knowing =
    <I>(send: (input: I) => ReturnType<typeof close.send>) =>
    async (input: I) => {
      const result = await send(input)
      if (result.ok) learn.breakout(result.value)
      return result
    }
  return {
    open: { ...open, send: knowing(open.send) },
    extend: { ...extend, send: knowing(extend.send) },
    close: { ...close, send: knowing(close.send) },
    place: { ...place, send: knowing(place.send) },
    go: { ...go, send: knowing(go.send) },
    announce: { ...announce, send: knowing(announce.send) },
    voice: { ...voice, send: knowing(voice.send) },
  }
}
