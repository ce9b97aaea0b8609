import { useTranslation } from 'react-i18next'

/** Says how long a speech was; null is one that was still going on. */
export function useSpeechLength() {
  const { t } = useTranslation()
  return (seconds: number | null) =>
    seconds === null
      ? t('minutes.speech.speaking')
      : t('minutes.speech.seconds', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
}
