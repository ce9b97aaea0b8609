import type { WriteRefusal } from '../../shared/minutes-stages.ts'
import type { Actor } from '../../shared/policy.ts'

/** A connection as a document sees it. */
export type Peer = {
  actor: Actor
  mayEdit: boolean
  /** Why it may not; null for one that may. */
  refusal: WriteRefusal | null
  /** The agenda items to whose sections it is limited; null for one that is not. */
  within: ReadonlySet<string> | null
  /** It wrote outside of them: what it sends after that builds on what was not taken. */
  astray: boolean
  /** To be called with each change of this connection that is not taken. */
  onRefused(reason: WriteRefusal): void
  /** Puts a whole frame on the line. */
  send(frame: Buffer): void
  /** Stops or goes on reading from it. */
  hold(held: boolean): void
  close(code: number, reason: string): void
}
