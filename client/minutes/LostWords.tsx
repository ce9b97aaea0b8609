import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../ui/CopyButton.tsx'

/** What this page had to give up because it stood outside the recorder's sections: nothing that was typed is simply gone. */
export function LostWords({ words, onClose }: { words: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <section role="alert" className="minutes-notice minutes-lost">
      <div>
        <strong>{t('minutes.sections.setBack')}</strong>
        {words.length > 0 && (
          <>
            <p>{t('minutes.sections.lost')}</p>
            <blockquote>
              {words.map((line, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines stay as they are
                <p key={place}>{line}</p>
              ))}
            </blockquote>
            <CopyButton text={words.join('\n')} label={t('minutes.sections.copyLost')} />
          </>
        )}
      </div>
      <Button type="text" icon={<CloseOutlined aria-hidden />} aria-label={t('common.close')} onClick={onClose} />
    </section>
  )
}
