import { useTranslation } from 'react-i18next'
import type { Person } from './session.ts'

const shownAtMost = 5

/** Who has the minutes open, in the colours of their cursors. */
export function People({ people }: { people: readonly Person[] }) {
  const { t } = useTranslation()
  const rest = people.length - shownAtMost
  return (
    <ul className="plain-list minutes-people" aria-label={t('minutes.people.label', { count: people.length })}>
      {people.slice(0, shownAtMost).map((person) => (
        <li key={person.id} title={person.name} style={{ backgroundColor: person.color }}>
          <span aria-hidden>{[...person.name][0]}</span>
          <span className="visually-hidden">{person.name}</span>
        </li>
      ))}
      {rest > 0 && (
        <li
          className="minutes-people-rest"
          title={people
            .slice(shownAtMost)
            .map((person) => person.name)
            .join(' ')}
        >
          +{rest}
        </li>
      )}
    </ul>
  )
}
