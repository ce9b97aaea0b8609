import { useTranslation } from 'react-i18next'
import { useMe } from '../identity/MeContext.tsx'
import { managedRegions } from '../stations/managedRegions.ts'
import { LinkButton } from '../ui/LinkButton.tsx'

/** The way to the register and to what is to be looked back on, for those whose it is. */
export function FollowUpLink() {
  const { t } = useTranslation()
  const { actor } = useMe()
  if (managedRegions(actor, 'evaluation:manage').length === 0) return null
  return <LinkButton to="/follow-up">{t('evaluations.follow.link')}</LinkButton>
}
