import { CheckSquareOutlined } from '@ant-design/icons'
import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { voteCitationSchema } from '../../shared/minutes.ts'
import { choices } from '../../shared/votes.ts'

/** A vote in the minutes: the question, the numbers, the outcome. */
export function VoteResultView({ node, selected }: NodeViewProps) {
  const { t } = useTranslation()
  const vote = voteCitationSchema.safeParse(node.attrs).data
  return (
    <NodeViewWrapper as="figure" className="citation" data-selected={selected} data-vote-id={vote?.voteId} contentEditable={false}>
      <p className="citation-speaker">{vote?.question}</p>
      {vote && (
        <p className="citation-speaker">
          {[
            ...choices.map((choice) => `${t(`chairing.vote.choice.${choice}`)} ${vote[choice]}`),
            t(`chairing.vote.outcome.${vote.outcome}`),
          ].join(' · ')}
        </p>
      )}
      <figcaption>
        <CheckSquareOutlined aria-hidden /> {t('chairing.vote.title')}
        {vote &&
          [
            t(vote.secret ? 'chairing.vote.secret' : 'chairing.vote.open'),
            t('chairing.vote.present', { present: vote.present }),
            ...(vote.quorum === null ? [] : [t('chairing.vote.quorum', { quorum: vote.quorum })]),
            dayjs(vote.closedAt).format('HH:mm'),
          ].map((part) => ` · ${part}`)}
      </figcaption>
    </NodeViewWrapper>
  )
}
