import { Collapse } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Assignment, Recommendation, Reply } from '../../shared/recommendations.ts'
import { ReplyText } from '../recommendations/ReplyText.tsx'
import { When } from '../ui/When.tsx'

type Props = { assignment: Assignment; suggestions: Recommendation['suggestions'] }

/** The answer that stands, and below it those before. */
export function Replies({ assignment: { reply, earlierReplies }, suggestions }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {reply && (
        <div className="reply-standing">
          <ReplyHead reply={reply} />
          <ReplyText reply={reply} suggestions={suggestions} />
        </div>
      )}
      {earlierReplies.length > 0 && (
        <Collapse
          ghost
          items={[
            {
              key: 'earlier',
              label: t('handling.earlier', { count: earlierReplies.length }),
              children: earlierReplies.map((one) => <Earlier key={one.id} reply={one} suggestions={suggestions} />),
            },
          ]}
        />
      )}
    </>
  )
}

function ReplyHead({ reply: { version, repliedAt, repliedBy, draftedBy } }: { reply: Reply }) {
  const { t } = useTranslation()
  return (
    <div className="row row-wide soft small">
      <span>{t('handling.version', { version })}</span>
      <When at={repliedAt} />
      <span>{t('handling.signedBy', { name: repliedBy })}</span>
      {draftedBy && <span>{t('handling.draftOf', { name: draftedBy })}</span>}
    </div>
  )
}

function Earlier({ reply, suggestions }: { reply: Reply; suggestions: Recommendation['suggestions'] }) {
  const { t } = useTranslation()
  const { sentBack } = reply
  return (
    <div className="reply-earlier">
      <ReplyHead reply={reply} />
      {sentBack && <p className="pre">{t('handling.sentBack', { name: sentBack.byName, reason: sentBack.reason })}</p>}
      <ReplyText reply={reply} suggestions={suggestions} />
    </div>
  )
}
