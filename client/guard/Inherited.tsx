import { useTranslation } from 'react-i18next'
import type { GuardRules } from '../../shared/guard.ts'

/** What holds in a region by the rules of one above it, and is changed there. */
export function Inherited({ name, rules: { words, domains, links } }: { name: string; rules: GuardRules }) {
  const { t } = useTranslation()
  const parts = [
    { key: 'words', word: t('guard.inheritedWords'), entries: words },
    { key: 'links', word: t('guard.links'), entries: links ? [t(`guard.linkRule.${links}`)] : [] },
    { key: 'domains', word: t('guard.inheritedDomains'), entries: domains },
  ].filter(({ entries }) => entries.length > 0)
  if (parts.length === 0) return null
  return (
    <section className="guard-finding" aria-label={t('guard.fromAbove', { name })}>
      <h3 className="section-title">{t('guard.fromAbove', { name })}</h3>
      <p className="soft small">{t('guard.fromAboveHelp')}</p>
      <dl className="guard-inherited">
        {parts.map(({ key, word, entries }) => (
          <div key={key}>
            <dt>{word}</dt>
            <dd>
              {entries.map((entry) => (
                <span key={entry} className="state state-plain">
                  {entry}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
