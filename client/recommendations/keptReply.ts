import { z } from 'zod'
import { replyGrades, replyOutcomes } from '../../shared/recommendations.ts'

/** What somebody has written of a reply, as far as they came. What an older program has left may not be what this one knows. */
const keptSchema = z.object({
  at: z.iso.datetime(),
  text: z.string().optional(),
  items: z
    .record(
      z.string(),
      z.object({ outcome: z.enum(replyOutcomes).optional(), grade: z.enum(replyGrades).optional(), text: z.string().optional() }),
    )
    .optional(),
})
export type KeptReply = z.infer<typeof keptSchema>

type Place = { accountId: string; assignmentId: string; round: number }
type Device = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const prefix = 'yishi.reply.'
const keyOf = ({ accountId, assignmentId, round }: Place) => `${prefix}${accountId}.${assignmentId}.${round}`
/** Nobody comes back to it after that: the time to reply has passed. */
const keptMs = 120 * 86_400_000

/** Replies that are being written, on this device and for each account of its own, until they are handed in. */
export function createReplyKeep(device: () => Device, now: () => Date = () => new Date()) {
  /** A private window may refuse to store; what is written then holds for this page. */
  function within<T>(work: (storage: Device) => T, otherwise: T): T {
    try {
      return work(device())
    } catch {
      return otherwise
    }
  }

  function read(storage: Device, key: string): KeptReply | null {
    const kept = keptSchema.safeParse(JSON.parse(storage.getItem(key) ?? 'null')).data
    return kept && now().getTime() - Date.parse(kept.at) < keptMs ? kept : null
  }

  return {
    find: (place: Place): KeptReply | null => within((storage) => read(storage, keyOf(place)), null),
    keep: (place: Place, fields: Omit<KeptReply, 'at'>) =>
      within((storage) => storage.setItem(keyOf(place), JSON.stringify({ ...fields, at: now().toISOString() })), undefined),
    forget: (place: Place) => within((storage) => storage.removeItem(keyOf(place)), undefined),
    /** Throws away what is too old, of whoever it is. */
    tidy: () =>
      within((storage) => {
        const keys = Array.from({ length: storage.length }, (_, place) => storage.key(place) ?? '')
        for (const key of keys) if (key.startsWith(prefix) && !within((one) => read(one, key), null)) storage.removeItem(key)
      }, undefined),
  }
}
