import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../shared/topics.ts'
import { useMe } from '../identity/MeContext.tsx'
import { regionName } from '../regions/RegionPath.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { LinkButton } from '../ui/LinkButton.tsx'
import { mayDecideTopics } from './mayDecideTopics.ts'
import { ProposedTopic } from './ProposedTopic.tsx'
import './topics.css'

/** What people bring again and again, for the secretaries of their regions; nothing at all when there is nothing to decide or to arrange. */
export function TopicsToDecide() {
  const { actor } = useMe()
  const { data } = useQueryOf('topics', {}, { enabled: mayDecideTopics(actor), refetchInterval: 30_000 })
  const proposed = data?.filter(({ status }) => status === 'proposed') ?? []
  const triaged = data?.filter(({ status }) => status === 'triaged') ?? []
  return (
    <>
      {proposed.length > 0 && <Proposed topics={proposed} />}
      {triaged.length > 0 && <Triaged topics={triaged} />}
    </>
  )
}

function Proposed({ topics }: { topics: readonly Topic[] }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t('topics.proposed')} <span className="soft">{topics.length}</span>
      </h2>
      <p className="soft topics-hint">{t('topics.proposedHint')}</p>
      <ul className="plain-list sheet">
        {topics.map((topic) => (
          <ProposedTopic key={topic.id} topic={topic} />
        ))}
      </ul>
    </section>
  )
}

const triagedShown = 5

function Triaged({ topics }: { topics: readonly Topic[] }) {
  const { t } = useTranslation()
  const id = useId()
  const latest = topics.toSorted((one, other) => (other.decidedAt ?? '').localeCompare(one.decidedAt ?? ''))
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t('topics.triaged')} <span className="soft">{topics.length}</span>
      </h2>
      <ul className="plain-list sheet">
        {latest.slice(0, triagedShown).map((topic) => (
          <li key={topic.id} className="topic-row">
            <div className="grow">
              <strong>{topic.title}</strong>
              <div className="soft small">
                {regionName(topic.regionPath)} · {t('topics.fromSuggestions', { count: topic.suggestionCount })}
              </div>
            </div>
            <LinkButton to={`/meetings/new?topic=${topic.id}`}>{t('topics.createMeeting')}</LinkButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
