import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDirecting } from '../stage/useDirecting.ts'
import { useDiscussed } from '../stage/useDiscussed.ts'

/** The suggestion that the chair has put before everybody. */
export function Discussed({ meetingId, suggestionId }: { meetingId: string; suggestionId: string | null }) {
  return suggestionId && <Shown meetingId={meetingId} suggestionId={suggestionId} />
}

function Shown({ meetingId, suggestionId }: { meetingId: string; suggestionId: string }) {
  const { t } = useTranslation()
  const suggestion = useDiscussed(meetingId, suggestionId)
  const { mayDirect, show } = useDirecting()
  if (!suggestion) return null
  return (
    <aside className="discussed" aria-label={t('stage.discussed')} data-testid="discussed">
      <b>{t('stage.discussed')}</b>
      <p className="pre">{suggestion.text}</p>
      {mayDirect && (
        <Button size="small" onClick={() => void show(null)}>
          {t('stage.hide')}
        </Button>
      )}
    </aside>
  )
}
