import { LockOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { StateTag } from '../ui/StateTag.tsx'
import { useChairingHere } from './ChairingContext.tsx'

/** For the top bar: who presides, whether there is a quorum, and what waits for the chair. */
export function ChairFacts() {
  const { t } = useTranslation()
  const { chairing, presentVoters, desk } = useChairingHere()
  if (!chairing) return null
  const { chair, quorum, locked } = chairing
  const waiting = desk?.lobby.filter(({ status }) => status === 'waiting').length ?? 0
  return (
    <>
      {chair && <span className="fact-chair">{t('chairing.presiding', { name: chair.name })}</span>}
      {quorum === null ? (
        <span>{t('chairing.voters', { present: presentVoters })}</span>
      ) : (
        <span title={t(presentVoters >= quorum ? 'chairing.quorumMet' : 'chairing.quorumMissing')}>
          <StateTag tone={presentVoters >= quorum ? 'good' : 'next'}>
            {t('chairing.votersOf', { present: presentVoters, quorum })}
            <span className="visually-hidden">{t(presentVoters >= quorum ? 'chairing.quorumMet' : 'chairing.quorumMissing')}</span>
          </StateTag>
        </span>
      )}
      {locked && <LockOutlined role="img" aria-hidden={false} aria-label={t('chairing.locked')} title={t('chairing.locked')} />}
      <span role="status">{waiting > 0 && <StateTag tone="warn">{t('chairing.waiting', { count: waiting })}</StateTag>}</span>
    </>
  )
}
