import { BarChartOutlined } from '@ant-design/icons'
import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { pollCitationSchema } from '../../shared/minutes.ts'
import { PollBars } from '../polls/PollBars.tsx'
import { usePollWords } from '../polls/usePollWords.ts'

/** A poll in the minutes: the question, and how people answered. */
export function PollResultView({ node, selected }: NodeViewProps) {
  const { t } = useTranslation()
  const { summaryOf } = usePollWords()
  const poll = pollCitationSchema.safeParse(node.attrs).data
  return (
    <NodeViewWrapper as="figure" className="citation" data-selected={selected} data-poll-id={poll?.pollId} contentEditable={false}>
      <p className="citation-speaker">{poll?.question}</p>
      {poll && <PollBars poll={poll} />}
      <figcaption>
        <BarChartOutlined aria-hidden /> {t('polls.title')}
        {poll && ` · ${summaryOf(poll)} · ${dayjs(poll.closedAt).format('HH:mm')}`}
      </figcaption>
    </NodeViewWrapper>
  )
}
