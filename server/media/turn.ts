import { createHmac } from 'node:crypto'
import type { z } from 'zod'
import type { iceServerSchema } from '../../shared/rtp.ts'

type IceServer = z.infer<typeof iceServerSchema>
type Deps = { urls: string[]; secret: string; now: () => Date }

/** A stay that lasts longer than the longest day of meetings gets new ones when it joins again. */
const validForSeconds = 24 * 3_600

/**
 * Credentials for a TURN server that shares a secret with us, good for a day, as coturn's `use-auth-secret` checks them
 * (draft-uberti-behave-turn-rest-00).
 */
export function createTurn({ urls, secret, now }: Deps) {
  return (participantId: string): IceServer[] => {
    const username = `${Math.floor(now().getTime() / 1_000) + validForSeconds}:${participantId}`
    return [{ urls, username, credential: createHmac('sha1', secret).update(username).digest('base64') }]
  }
}

export type Turn = ReturnType<typeof createTurn>
