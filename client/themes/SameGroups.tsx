import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Themes } from '../../shared/themes.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { useReadThemes } from './useReadThemes.ts'

type Group = Themes['same'][number]

const groupsShown = 20

/** What probably says the same, to be made one suggestion with one press. */
export function SameGroups({ groups, mayModerate }: { groups: readonly Group[]; mayModerate: boolean }) {
  const { t } = useTranslation()
  if (groups.length === 0) return null
  return (
    <Sheet title={t('themes.same')} aside={<span className="small">{t('themes.sameHint', { count: groups.length })}</span>}>
      <ul className="themes-same">
        {groups.slice(0, groupsShown).map((group) => (
          <SameGroup key={group.map(({ id }) => id).join()} group={group} mayModerate={mayModerate} />
        ))}
      </ul>
    </Sheet>
  )
}

function SameGroup({ group, mayModerate }: { group: Group; mayModerate: boolean }) {
  const { t } = useTranslation()
  const readAgain = useReadThemes()
  const merge = useCommand('suggestion:merge')
  const [first, ...others] = group
  async function mergeAll() {
    for (const { id } of others) if (!(await merge.send({ suggestionId: id, intoId: first!.id })).ok) break
    readAgain()
  }
  return (
    <li>
      <ol className="grow">
        {group.map(({ id, text, supports }) => (
          <li key={id}>
            {text} <span className="soft small">{t('voice.supporters', { count: supports })}</span>
          </li>
        ))}
      </ol>
      {mayModerate && (
        <Button size="small" loading={merge.pending} onClick={() => void mergeAll()}>
          {t('themes.mergeSame')}
        </Button>
      )}
      <FailureNote failure={merge.failure} />
    </li>
  )
}
