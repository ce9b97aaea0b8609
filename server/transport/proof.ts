import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { beginsWithZeros, bitsOf, proofParts, proofText } from '../../shared/proof.ts'
import { type Known, onceKnown } from './limits.ts'
import type { Once } from './once.ts'

export type Proofs = ReturnType<typeof createProofs>

type Deps = { secret: string; bits: number; now: () => Date; once: Once }

/** A phone in a dead spot may take a while to come back with its answer. */
const validMs = 5 * 60_000
const longestAnswer = 400

/** Hands out challenges and takes each answer once. Nothing is kept for a challenge until it is answered. */
export function createProofs({ secret, bits, now, once }: Deps) {
  const sign = (body: string) => createHmac('sha256', secret).update(`challenge ${body}`).digest('base64url').slice(0, 16)

  function challenge(): string {
    const body = `${(now().getTime() + validMs).toString(36)}.${bits}.${randomBytes(9).toString('base64url')}`
    return `${body}.${sign(body)}`
  }

  /** Whether this is an answer to one of our challenges, in time and for the first time. */
  function take(answer: string | undefined): Known<boolean> {
    if (!answer || answer.length > longestAnswer) return false
    const [challenge = '', ...numbers] = answer.split(' ')
    const place = challenge.lastIndexOf('.')
    const signature = Buffer.from(challenge.slice(place + 1))
    const expected = Buffer.from(sign(challenge.slice(0, place)))
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return false
    const expiresAt = Number.parseInt(challenge, 36)
    if (expiresAt <= now().getTime()) return false
    if (numbers.length !== proofParts || !numbers.every((number, part) => isRight(challenge, part, number))) return false
    return once.take(challenge, expiresAt)
  }

  return {
    take,
    /** @throws AppError `too-many-requests`, `proof-needed`, with a challenge, unless a good answer came. */
    require: (answer: string | undefined): Known<void> =>
      onceKnown(take(answer), (taken) => {
        if (!taken) throw new AppError('too-many-requests', 'proof-needed', undefined, { challenge: challenge() })
      }),
  }
}

function isRight(challenge: string, part: number, number: string): boolean {
  if (!/^\d{1,15}$/.test(number)) return false
  const hash = createHash('sha256')
    .update(proofText(challenge, part, Number(number)))
    .digest()
  return beginsWithZeros(hash.readUInt32BE(0), bitsOf(challenge))
}
