import type { Suggestion } from '../../shared/suggestions.ts'
import { BarDialog } from '../guard/BarDialog.tsx'
import { MergeDialog } from '../suggestions/MergeDialog.tsx'
import { AnswerDialog, HideDialog } from '../suggestions/TextDialogs.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import type { useDecisions } from './useDecisions.ts'

export type Asking = { doing: 'answer' | 'merge' | 'hide' | 'bar'; suggestion: Suggestion }

type Props = { asking: Asking; decisions: ReturnType<typeof useDecisions>; onClose: () => void }

export function QueueDialogs({ asking: { doing, suggestion }, decisions, onClose }: Props) {
  const dialog = { suggestion, onClose }
  switch (doing) {
    case 'answer':
      return <AnswerDialog {...dialog} onDone={(after) => decisions.done('answered', after)} />
    case 'hide':
      return <HideDialog {...dialog} onDone={(after) => decisions.done('hidden', after)} />
    case 'merge':
      return <Merging {...dialog} onDone={(after) => decisions.done('merged', after)} />
    case 'bar':
      return <BarDialog {...dialog} onDone={(device) => decisions.barred(suggestion, device)} />
  }
}

function Merging(props: Parameters<typeof AnswerDialog>[0]) {
  const { data: others = [] } = useQueryOf('suggestions', { meetingId: props.suggestion.meetingId, limit: 500 })
  return <MergeDialog {...props} others={others} undoable={false} />
}
