import { LinkOutlined } from '@ant-design/icons'
import { Button, Input, Popover, Tabs } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { groupCitation } from '../../shared/result-citations.ts'
import { speechCitation } from '../../shared/speech-citation.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { useCitable } from './CitableContext.tsx'
import type { CiteRequest } from './citations.ts'
import type { Cite } from './useCiting.ts'
import { useSpeechLength } from './useSpeechLength.ts'

/** Lists what was said and put in during the meeting, to be cited into the text. */
export function CiteMenu({ meeting, onCite }: { meeting: Meeting; onCite: Cite }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const pick = (request: CiteRequest) => {
    setOpen(false)
    void onCite(request)
  }
  const items = [
    { key: 'suggestions', label: t('minutes.cite.suggestions'), children: <Suggestions onPick={pick} /> },
    { key: 'speeches', label: t('minutes.cite.speeches'), children: <Speeches meeting={meeting} onPick={pick} /> },
    { key: 'votes', label: t('minutes.cite.votes'), children: <Votes meeting={meeting} onPick={pick} /> },
    { key: 'polls', label: t('minutes.cite.polls'), children: <Polls meeting={meeting} onPick={pick} /> },
    { key: 'groups', label: t('minutes.cite.groups'), children: <Groups meeting={meeting} onPick={pick} /> },
  ]
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<Tabs size="small" className="minutes-citable" items={items} aria-label={t('minutes.cite.title')} />}
    >
      <Button size="small" icon={<LinkOutlined aria-hidden />} aria-haspopup="dialog" aria-expanded={open}>
        {t('minutes.tool.cite')}
      </Button>
    </Popover>
  )
}

function Suggestions({ onPick }: { onPick: (request: CiteRequest) => void }) {
  const { t } = useTranslation()
  const { suggestions } = useCitable()
  const [searched, setSearched] = useState('')
  const found = suggestions.filter(
    ({ status, text, authorName }) => status !== 'hidden' && `${text}${authorName}`.includes(searched.trim()),
  )
  return (
    <>
      <Input.Search
        size="small"
        allowClear
        placeholder={t('minutes.cite.search')}
        aria-label={t('minutes.cite.search')}
        onChange={(event) => setSearched(event.target.value)}
      />
      <Choices empty={t('minutes.cite.noSuggestions')}>
        {found.map(({ id, text, authorName, status }) => (
          <Choice
            key={id}
            text={text}
            source={`${authorName || t('minutes.suggestion.anonymous')} · ${t(`minutes.suggestion.status.${status}`)}`}
            onPick={() => onPick({ kind: 'suggestion', id })}
          />
        ))}
      </Choices>
    </>
  )
}

function Speeches({ meeting, onPick }: { meeting: Meeting; onPick: (request: CiteRequest) => void }) {
  const { t } = useTranslation()
  const { speeches } = useCitable()
  const lengthOf = useSpeechLength()
  return (
    <Choices empty={t('minutes.cite.noSpeeches')}>
      {speeches.map((speech) => {
        const { region, seconds } = speechCitation(speech, meeting)
        const source = [region, speech.siteName, dayjs(speech.startedAt).format('HH:mm'), lengthOf(seconds)].filter(Boolean).join(' · ')
        return <Choice key={speech.id} text={speech.name} source={source} onPick={() => onPick({ kind: 'speech', id: speech.id })} />
      })}
    </Choices>
  )
}

function Votes({ meeting, onPick }: { meeting: Meeting; onPick: (request: CiteRequest) => void }) {
  const { t } = useTranslation()
  const { data = [] } = useQueryOf('votes', { meetingId: meeting.id })
  return (
    <Choices empty={t('minutes.cite.noVotes')}>
      {data.flatMap(({ id, question, result }) =>
        result
          ? [
              <Choice
                key={id}
                text={question}
                source={t(`chairing.vote.outcome.${result.outcome}`)}
                onPick={() => onPick({ kind: 'vote', id })}
              />,
            ]
          : [],
      )}
    </Choices>
  )
}

function Polls({ meeting, onPick }: { meeting: Meeting; onPick: (request: CiteRequest) => void }) {
  const { t } = useTranslation()
  const { data: polls = [] } = useQueryOf('polls', { meetingId: meeting.id })
  return (
    <Choices empty={t('minutes.cite.noPolls')}>
      {polls.flatMap(({ id, question, answered, closedAt }) =>
        closedAt
          ? [
              <Choice
                key={id}
                text={question}
                source={t('polls.answered', { count: answered })}
                onPick={() => onPick({ kind: 'poll', id })}
              />,
            ]
          : [],
      )}
    </Choices>
  )
}

function Groups({ meeting, onPick }: { meeting: Meeting; onPick: (request: CiteRequest) => void }) {
  const { t } = useTranslation()
  const { data: rounds = [] } = useQueryOf('breakouts', { meetingId: meeting.id })
  const { data: notes = [] } = useQueryOf('breakout-notes', { meetingId: meeting.id })
  return (
    <Choices empty={t('minutes.cite.noGroups')}>
      {notes.flatMap((note) => {
        const cited = groupCitation(note, rounds, meeting)
        const source = [cited?.name, cited?.topic, cited && dayjs(cited.openedAt).format('HH:mm')].filter(Boolean).join(' · ')
        return cited
          ? [<Choice key={note.groupId} text={cited.text} source={source} onPick={() => onPick({ kind: 'group', id: note.groupId })} />]
          : []
      })}
    </Choices>
  )
}

const Choices = ({ children, empty }: { children: ReactNode[]; empty: string }) =>
  children.length > 0 ? <ul className="plain-list minutes-choices">{children}</ul> : <p className="soft small">{empty}</p>

const Choice = ({ text, source, onPick }: { text: string; source: string; onPick: () => void }) => (
  <li>
    <button type="button" className="minutes-choice" onClick={onPick}>
      <span>{text}</span>
      <small className="soft">{source}</small>
    </button>
  </li>
)
