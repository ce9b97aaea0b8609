import type { NewsItem } from '../../../shared/contract.ts'
import { mergePoll } from '../../../shared/poll-rules.ts'
import type { PollView } from '../../../shared/polls.ts'

/** How long a phone shows the result of a poll that is over. */
const resultMs = 600_000

/** What news say of polls; the newest stands first. */
export function hearPolls(polls: PollView[], items: readonly NewsItem[], meetingId: string | undefined): PollView[] {
  let known = polls
  for (const [name, payload] of items) {
    if (name === 'poll:changed' && payload.meetingId === meetingId && !known.some(({ id }) => id === payload.id))
      known = [{ ...payload, mine: null }, ...known]
    else if (name === 'poll:changed' || name === 'poll:counted')
      known = known.map((poll) => (poll.id === payload.id ? mergePoll(poll, payload)! : poll))
  }
  return known
}

/** What an answer, or reading them again, says: it knows my own answer too. */
export const learnPolls = (known: PollView[], read: PollView[]): PollView[] =>
  read.map((poll) => {
    const before = known.find(({ id }) => id === poll.id)
    return before ? { ...mergePoll(before, poll)!, mine: poll.mine } : poll
  })

/** The one to show: what runs, or what has just ended. */
export const pollToShow = ([last]: PollView[], now: Date) =>
  last && (last.closedAt === null || now.getTime() - Date.parse(last.closedAt) < resultMs) ? last : undefined
