import type { Actor } from '../../shared/policy.ts'

/** A connection as a document sees it. */
export type Peer = {
  actor: Actor
  mayEdit: boolean
  /** Puts a whole frame on the line. */
  send(frame: Buffer): void
  /** Stops or goes on reading from it. */
  hold(held: boolean): void
  close(code: number, reason: string): void
}
