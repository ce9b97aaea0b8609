import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Suggestion } from '../../shared/suggestions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

/** Undoes a merge: the suggestion is what it was before. */
export function UnmergeButton({ suggestionId, onDone }: { suggestionId: string; onDone: (suggestion: Suggestion) => void }) {
  const { t } = useTranslation()
  const unmerge = useCommand('suggestion:unmerge')
  async function undo() {
    const result = await unmerge.send({ suggestionId })
    if (result.ok) onDone(result.value)
  }
  return (
    <>
      <Button size="small" loading={unmerge.pending} onClick={() => void undo()}>
        {t('suggestions.unmerge')}
      </Button>
      <FailureNote failure={unmerge.failure} />
    </>
  )
}
