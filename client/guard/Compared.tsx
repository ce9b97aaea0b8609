import { useTranslation } from 'react-i18next'
import type { GuardState } from '../../shared/guard.ts'

type Tally = GuardState['changed'][number]['with']

/** The results with everybody, and without those set aside. */
export function Compared({ guard: { people, votes, changed } }: { guard: GuardState }) {
  const { t } = useTranslation()
  const tally = ({ agrees, disagrees, passes }: Tally) => t('suggestions.stances', { agrees, disagrees, passes })
  return (
    <section className="guard-finding" aria-label={t('guard.compared')}>
      <h3 className="section-title">{t('guard.compared')}</h3>
      <p>{t('guard.comparedText', { people: people.with - people.without, votes: votes.with - votes.without })}</p>
      <table className="guard-compare">
        <thead>
          <tr>
            <th scope="col">{t('guard.suggestion')}</th>
            <th scope="col">{t('guard.with')}</th>
            <th scope="col">{t('guard.without')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('guard.all')}</th>
            <td>{t('guard.peopleVotes', { people: people.with, votes: votes.with })}</td>
            <td>{t('guard.peopleVotes', { people: people.without, votes: votes.without })}</td>
          </tr>
          {changed.map((one) => (
            <tr key={one.suggestionId}>
              <th scope="row">
                <span>{one.text}</span>
              </th>
              <td>{tally(one.with)}</td>
              <td>{tally(one.without)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
