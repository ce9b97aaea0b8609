import { useTranslation } from 'react-i18next'
import type { MeetingOpinion } from '../../shared/opinion.ts'
import { groupLetter } from '../../shared/opinion-rules.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { percent } from './findings.ts'
import { GroupMark } from './GroupMark.tsx'
import { Numbered } from './Numbered.tsx'

type Props = { opinion: MeetingOpinion; numbers: ReadonlyMap<string, number> }

/** What sets each group apart from the others, however small it is. */
export function Groups({ opinion: { groups, placed, suggestions }, numbers }: Props) {
  const texts = new Map(suggestions.map(({ suggestionId, text }) => [suggestionId, text]))
  return groups.map(({ id, size, representatives }) => (
    <Sheet key={id} title={<GroupTitle groupId={id} />} aside={<Size size={size} placed={placed} />}>
      <ol className="opinion-list">
        {representatives.map(({ suggestionId, side, count, votes, ratio, significant }) => (
          <li key={suggestionId}>
            <Numbered number={numbers.get(suggestionId)} text={texts.get(suggestionId) ?? ''} />
            <Holds side={side} count={count} votes={votes} ratio={ratio} significant={significant} />
          </li>
        ))}
      </ol>
    </Sheet>
  ))
}

function GroupTitle({ groupId }: { groupId: number }) {
  const { t } = useTranslation()
  return (
    <span className="group-title">
      <GroupMark groupId={groupId} />
      {t('opinion.group', { letter: groupLetter(groupId) })}
    </span>
  )
}

function Size({ size, placed }: { size: number; placed: number }) {
  const { t } = useTranslation()
  return t('opinion.sizeOf', { count: size, share: percent(size, placed) })
}

type HoldsProps = { side: 'agree' | 'disagree'; count: number; votes: number; ratio: number; significant: boolean }

function Holds({ side, count, votes, ratio, significant }: HoldsProps) {
  const { t } = useTranslation()
  return (
    <p className="small soft opinion-holds">
      <b className={`stance-word stance-word-${side}`}>{t(`opinion.side.${side}`)}</b>
      <span>{t('opinion.holds', { side: t(`opinion.side.${side}`), count, votes, share: percent(count, votes) })}</span>
      <span>{t('opinion.ratio', { ratio: ratio.toFixed(1) })}</span>
      {!significant && <span>{t('opinion.notSignificant')}</span>}
    </p>
  )
}
