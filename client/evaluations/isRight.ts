import { sha256 } from '../../shared/canonical.ts'
import { drawnOf, poolText } from '../../shared/draw.ts'
import type { Draw } from '../../shared/evaluations.ts'

/** Whether the secret is the one that was fixed, the pool too, and whether they draw these people. */
export async function isRight(draw: Draw & { secret: string; publicSeed: string }): Promise<boolean> {
  const { pool, counts, secret, publicSeed, commitment, poolHash, drawn } = draw
  const again = await drawnOf(pool, counts, secret, publicSeed)
  return (await sha256(secret)) === commitment && (await sha256(poolText(pool))) === poolHash && again.join() === drawn.join()
}
