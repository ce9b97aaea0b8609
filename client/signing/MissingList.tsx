import { useTranslation } from 'react-i18next'
import { keyOfPart, type MissingPart } from '../../shared/minutes-parts.ts'

/** What minutes lack, one line each. */
export function MissingList({ parts, labelledBy }: { parts: readonly MissingPart[]; labelledBy: string }) {
  const { t } = useTranslation()
  return (
    <ul className="stage-missing" aria-labelledby={labelledBy}>
      {parts.map((part) => (
        <li key={keyOfPart(part)}>
          {'agendaItemId' in part ? t(`minutes.missing.${part.kind}`, { title: part.title }) : t(`minutes.missing.${part.kind}`)}
        </li>
      ))}
    </ul>
  )
}
