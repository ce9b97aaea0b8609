import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { useFacts } from '../media/RoomContext.tsx'
import { type Draft, mayStayOut, ownGroups } from './planning.ts'

const mostGroups = 20

/** The groups that are being thought out, before anybody is parted. */
export function useDraft() {
  const { t } = useTranslation()
  const { meeting, participants, selfId } = useFacts()
  const numerals = t('breakouts.numerals').split(' ')
  const newGroup = (place: number) => ({
    id: v7(),
    name: t('breakouts.groupName', { place: numerals[place] ?? place + 1 }),
    agendaItemId: null,
  })
  const [draft, setDraft] = useState<Draft>(() => {
    const count = Math.min(mostGroups, Math.max(2, meeting.sites.length))
    return {
      way: 'site',
      minutes: 15,
      groups: Array.from({ length: count }, (_, place) => newGroup(place)),
      siteGroups: ownGroups(meeting, count),
      personGroups: new Map(),
      stayOut: mayStayOut([...participants.values()], selfId),
    }
  })
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }))
  return {
    draft,
    change,
    mostGroups,
    changeGroup: (place: number, changes: Partial<Draft['groups'][number]>) =>
      change({ groups: draft.groups.map((group, at) => (at === place ? { ...group, ...changes } : group)) }),
    setCount(count: number) {
      const groups = Array.from({ length: count }, (_, place) => draft.groups[place] ?? newGroup(place))
      const kept = new Map([...draft.personGroups].filter(([, place]) => place < count))
      change({ groups, personGroups: kept, siteGroups: ownGroups(meeting, count) })
    },
    /** Of a site or a person; null takes it out. */
    putInto(whose: 'siteGroups' | 'personGroups', id: string, place: number | null) {
      const places = new Map(draft[whose])
      if (place === null) places.delete(id)
      else places.set(id, place)
      change({ [whose]: places })
    },
  }
}
