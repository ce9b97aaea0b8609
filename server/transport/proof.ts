import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { beginsWithZeros, bitsOf, proofParts, proofText } from '../../shared/proof.ts'

export type Proofs = ReturnType<typeof createProofs>

type Deps = { secret: string; bits: number; now: () => Date }

/** A phone in a dead spot may take a while to come back with its answer. */
const validMs = 5 * 60_000
const longestAnswer = 400
/** More answers than this in five minutes are no hall's; forgetting the oldest would let them be used again. */
const mostRemembered = 200_000

/** Hands out challenges and takes each answer once. Nothing is kept for a challenge until it is answered. */
export function createProofs({ secret, bits, now }: Deps) {
  const used = new Map<string, number>()
  const sign = (body: string) => createHmac('sha256', secret).update(`challenge ${body}`).digest('base64url').slice(0, 16)

  function forgetExpired(at: number) {
    for (const [challenge, expiresAt] of used) {
      if (expiresAt > at) break
      used.delete(challenge)
    }
  }

  function challenge(): string {
    const body = `${(now().getTime() + validMs).toString(36)}.${bits}.${randomBytes(9).toString('base64url')}`
    return `${body}.${sign(body)}`
  }

  /** Whether this is an answer to one of our challenges, in time and for the first time. */
  function take(answer: string | undefined): boolean {
    if (!answer || answer.length > longestAnswer) return false
    const [challenge = '', ...numbers] = answer.split(' ')
    const place = challenge.lastIndexOf('.')
    const signature = Buffer.from(challenge.slice(place + 1))
    const expected = Buffer.from(sign(challenge.slice(0, place)))
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return false
    const at = now().getTime()
    const expiresAt = Number.parseInt(challenge, 36)
    forgetExpired(at)
    if (expiresAt <= at || used.has(challenge) || used.size >= mostRemembered) return false
    if (numbers.length !== proofParts || !numbers.every((number, part) => isRight(challenge, part, number))) return false
    used.set(challenge, expiresAt)
    return true
  }

  return {
    take,
    /** @throws AppError `too-many-requests`, `proof-needed`, with a challenge, unless a good answer came. */
    require(answer: string | undefined) {
      if (!take(answer)) throw new AppError('too-many-requests', 'proof-needed', undefined, { challenge: challenge() })
    },
  }
}

function isRight(challenge: string, part: number, number: string): boolean {
  if (!/^\d{1,15}$/.test(number)) return false
  const hash = createHash('sha256')
    .update(proofText(challenge, part, Number(number)))
    .digest()
  return beginsWithZeros(hash.readUInt32BE(0), bitsOf(challenge))
}
