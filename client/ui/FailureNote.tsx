import { Alert } from 'antd'
import type { Failure } from '../../shared/errors.ts'
import { useFailureText } from './useFailureText.ts'

/** What went wrong with something that was pressed, told aloud by screen readers. Nothing when nothing did. */
export function FailureNote({ failure }: { failure: Failure | null }) {
  const textOf = useFailureText()
  return failure ? <Alert type="error" showIcon role="alert" title={textOf(failure)} /> : null
}
