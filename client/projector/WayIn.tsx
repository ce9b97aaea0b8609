import { useTranslation } from 'react-i18next'
import { QrCode } from '../ui/QrCode.tsx'

/** The phone page's code and short address. */
export function WayIn({ code }: { code: string }) {
  const { t } = useTranslation()
  return (
    <div className="projector-way-in">
      <QrCode text={`${location.origin}/s/${code}`} label={t('meetings.qrCode')} />
      <span>
        <b>{t('stage.screen.scan')}</b>
        <span className="projector-address">
          {location.host}/s/{code}
        </span>
      </span>
    </div>
  )
}
