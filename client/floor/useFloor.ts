import { v7 } from 'uuid'
import type { extensionMinutes, FloorMode, FloorRequest, Speech } from '../../shared/floor.ts'
import type { FloorRule } from '../../shared/floor-order.ts'
import { useFacts, useRoomSession } from '../media/RoomContext.tsx'
import { useCommand } from '../transport/useCommand.ts'

/** What can be done with the floor of the room that one is in. Answers are known at once, before the news arrives. */
export function useFloor() {
  const { learn } = useRoomSession()
  const { meeting } = useFacts()
  const meetingId = meeting.id
  const request = useCommand('floor:request')
  const withdraw = useCommand('floor:withdraw')
  const give = useCommand('floor:give')
  const call = useCommand('floor:call')
  const end = useCommand('floor:end')
  const extend = useCommand('floor:extend')
  const mode = useCommand('floor:mode')
  const rule = useCommand('floor:rule')

  async function known(answer: ReturnType<typeof end.send>) {
    const result = await answer
    if (result.ok) learn.floor(result.value)
  }
  return {
    request: { ...request, send: (kind: FloorRequest['kind']) => known(request.send({ id: v7(), meetingId, kind })) },
    withdraw: { ...withdraw, send: (requestId: string) => known(withdraw.send({ meetingId, requestId })) },
    give: { ...give, send: (requestId: string) => known(give.send({ meetingId, requestId, speechId: v7() })) },
    call: { ...call, send: (participantId: string) => known(call.send({ meetingId, participantId, speechId: v7() })) },
    end: { ...end, send: () => known(end.send({ meetingId })) },
    extend: {
      ...extend,
      send: ({ id, limitSeconds }: Speech, minutes: (typeof extensionMinutes)[number]) =>
        known(extend.send({ meetingId, speechId: id, minutes, limitSeconds })),
    },
    mode: { ...mode, send: (next: FloorMode) => known(mode.send({ meetingId, mode: next })) },
    rule: { ...rule, send: (next: FloorRule) => known(rule.send({ meetingId, rule: next })) },
  }
}
