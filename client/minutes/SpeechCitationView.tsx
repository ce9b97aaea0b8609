import { AudioOutlined } from '@ant-design/icons'
import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { speechCitationSchema } from '../../shared/minutes.ts'
import { ReplayLink } from '../recording/ReplayLink.tsx'
import { useSpeechLength } from './useSpeechLength.ts'

/** A cited speech: who spoke, from where, when and for how long. */
export function SpeechCitationView({ node, selected }: NodeViewProps) {
  const { t } = useTranslation()
  const lengthOf = useSpeechLength()
  const cited = speechCitationSchema.safeParse(node.attrs).data
  return (
    <NodeViewWrapper as="figure" className="citation" data-selected={selected} data-speech-id={cited?.speechId} contentEditable={false}>
      <p className="citation-speaker">{cited?.name}</p>
      <figcaption>
        <AudioOutlined aria-hidden /> {t('minutes.speech.label')}
        {[cited?.region, cited?.siteName].filter(Boolean).map((part) => ` · ${part}`)}
        {cited && ` · ${dayjs(cited.startedAt).format('HH:mm')} · ${lengthOf(cited.seconds)}`}
        {cited && <ReplayLink speechId={cited.speechId} name={cited.name} />}
      </figcaption>
    </NodeViewWrapper>
  )
}
