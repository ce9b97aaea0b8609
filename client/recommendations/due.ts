import { isWorking } from '../../shared/assignment-machine.ts'
import type { Assignment } from '../../shared/recommendations.ts'

/** The deadline that runs now: for signing first, then for the reply; null once it is done or sent back. */
export const dueOf = ({ status, signDueAt, replyDueAt }: Pick<Assignment, 'status' | 'signDueAt' | 'replyDueAt'>) => {
  if (!isWorking(status)) return null
  return status === 'issued' ? signDueAt : replyDueAt
}
