import { Badge, Tabs } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { GroupsTab } from '../breakouts/GroupsTab.tsx'
import { useChairingHere } from '../chairing/ChairingContext.tsx'
import { FloorPanel } from '../floor/FloorPanel.tsx'
import { useMe } from '../identity/MeContext.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { SuggestionPanel } from '../suggestions/SuggestionPanel.tsx'
import { useSuggestions } from '../suggestions/useSuggestions.ts'
import { VoiceBrief } from '../voice/VoiceBrief.tsx'
import { MinutesTab } from './MinutesTab.tsx'
import { PeopleTab } from './PeopleTab.tsx'
import { useTabKeys } from './useTabKeys.ts'

const tabs = ['floor', 'suggestions', 'minutes', 'people', 'groups'] as const
export type RoomTab = (typeof tabs)[number]

/** The column beside the stage. Keys 1 to 5 choose what it shows. */
export function SidePanel({ wide, onWide }: { wide: boolean; onWide: (wide: boolean) => void }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { meeting, participants } = useFacts()
  const [tab, setTab] = useState<RoomTab>('floor')
  const suggestions = useSuggestions(meeting.id)
  const [seen, setSeen] = useState<number | null>(null)
  const mayWrite = can(actor, 'minutes:edit', subjectOfMeeting(meeting))
  const pending = suggestions.list?.filter(({ status }) => status === 'pending').length ?? 0
  const count = suggestions.list?.length ?? 0
  useTabKeys(tabs, setTab)
  useEffect(() => {
    if (suggestions.list && (tab === 'suggestions' || seen === null)) setSeen(count)
  }, [tab, count, seen, suggestions.list])
  useEffect(() => {
    if (tab !== 'minutes') onWide(false)
  }, [tab, onWide])
  const { desk } = useChairingHere()
  const toDo = desk ? desk.lobby.filter(({ status }) => status === 'waiting').length + desk.calls.filter(({ doneAt }) => !doneAt).length : 0
  const fresh = seen === null ? 0 : Math.max(0, count - seen)

  const content: Record<RoomTab, ReactNode> = {
    floor: <FloorPanel mayCite={mayWrite} />,
    suggestions: (
      <>
        <VoiceBrief meeting={meeting} />
        <SuggestionPanel meeting={meeting} suggestions={suggestions} mayCite={mayWrite} />
      </>
    ),
    minutes: <MinutesTab meetingId={meeting.id} wide={wide} onWide={onWide} />,
    people: <PeopleTab />,
    groups: <GroupsTab />,
  }
  const marks: Partial<Record<RoomTab, number>> = {
    suggestions: can(actor, 'suggestion:moderate', subjectOfMeeting(meeting)) ? pending : fresh,
    people: [...participants.values()].filter(({ present }) => present).length,
  }
  return (
    <aside className="panel" aria-label={t('room.panel')}>
      <Tabs
        activeKey={tab}
        onChange={(key) => setTab(key as RoomTab)}
        items={tabs.map((key, index) => ({
          key,
          label: (
            <span title={t(`room.tab.${key}`) + t('room.tab.shortcut', { key: index + 1 })}>
              {t(`room.tab.${key}`)}
              {marks[key] ? (
                key === 'people' ? (
                  <>
                    <span className="tab-count">{marks[key]}</span>
                    <Badge size="small" count={toDo} offset={[6, -2]} />
                  </>
                ) : (
                  <Badge size="small" count={marks[key]} offset={[6, -2]} />
                )
              ) : null}
            </span>
          ),
          children: content[key],
          // What is cited goes into the open document, also while another tab is in front.
          forceRender: key === 'minutes' && mayWrite,
        }))}
      />
      <div role="status" className="visually-hidden">
        {fresh > 0 && t('suggestions.fresh', { count: fresh })}
      </div>
    </aside>
  )
}
