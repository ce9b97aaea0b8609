import type { Opinion } from '../../shared/opinion.ts'
import type { Places, StoredState, VoteBatch } from './conversation.ts'

/** What the program asks of the thread that computes. */
export type Request =
  /** More votes, and the picture with them. `stored` counts when the conversation is not known yet. */
  | { kind: 'votes'; conversationId: string; batch: VoteBatch; setAside: string[]; stored?: StoredState }
  /** The picture of a meeting as the database has it now. */
  | { kind: 'refresh'; conversationId: string; setAside: string[] }
  /** The conversation is kept no longer. */
  | { kind: 'forget'; conversationId: string }

/** `places` are of everybody, in the order in which they came. `newPeople` are those who have come since the last answer, of whom the first is number `from`. */
export type Update = { counted: Opinion; all: Opinion; from: number; newPeople: string[]; places: Places; computedInMs: number }

export type Reply = { id: number } & ({ ok: true; update: Update | null } | { ok: false; message: string })
