import { Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import type { MinutesRecorder } from '../../shared/minutes-sections.ts'
import { useCommand } from '../transport/useCommand.ts'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { useRecorders } from './useRecorders.ts'

/** For each recorder the items of the agenda that are theirs to write down; what is chosen holds at once. */
export function SectionsOfRecorders({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { read, recorders, learn } = useRecorders(meeting)
  return (
    <Loaded of={read} skeleton={<ListSkeleton />}>
      {() =>
        recorders.length === 0 ? (
          <Empty>{t('minutes.sections.noRecorders')}</Empty>
        ) : (
          <div className="stack">
            <p className="soft">{t('minutes.sections.intro')}</p>
            <ul className="plain-list stack">
              {recorders.map((recorder) => (
                <RecorderLine key={recorder.accountId} meeting={meeting} recorder={recorder} learn={learn} />
              ))}
            </ul>
          </div>
        )
      }
    </Loaded>
  )
}

type LineProps = { meeting: Meeting; recorder: MinutesRecorder; learn: (recorder: MinutesRecorder) => void }

function RecorderLine({ meeting, recorder, learn }: LineProps) {
  const { t } = useTranslation()
  const { send, pending, failure } = useCommand('minutes:assign-sections')
  const field = useId()
  const { accountId, name, agendaItemIds } = recorder
  async function assign(wished: string[]) {
    const result = await send({ meetingId: meeting.id, accountId, agendaItemIds: wished })
    if (result.ok) learn(result.value)
  }
  return (
    <li>
      <label htmlFor={field}>{name}</label>
      <Select
        id={field}
        mode="multiple"
        className="minutes-sections"
        value={agendaItemIds}
        loading={pending}
        disabled={pending}
        placeholder={t('minutes.sections.everywhere')}
        options={meeting.agenda.map(({ id, title }, place) => ({ value: id, label: `${place + 1}. ${title}` }))}
        optionFilterProp="label"
        onChange={(wished) => void assign(wished)}
      />
      <FailureNote failure={failure} />
    </li>
  )
}
