import type { Assignment } from '../../shared/recommendations.ts'

/** The deadline that runs now: for signing first, then for the reply; null once replied or sent back. */
export const dueOf = ({ status, signDueAt, replyDueAt }: Pick<Assignment, 'status' | 'signDueAt' | 'replyDueAt'>) =>
  ({ issued: signDueAt, signed: replyDueAt, replied: null, returned: null })[status]
