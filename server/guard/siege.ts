import type { GuardState } from '../../shared/guard.ts'
import { createRate } from './rate.ts'

type Deps = { attackPostsPerMinute: number; now: () => Date; onChange(attackSince: string | null): void }

/** An attack is over when it has been quiet for this long: it should not cost the next one nothing. */
const quietMs = 2 * 60_000

/** Whether one meeting is under attack, by how many anonymous suggestions it is sent, taken or not. */
export function createSiege({ attackPostsPerMinute, now, onChange }: Deps) {
  const posts = createRate(now)
  const refused = createRate(now)
  let since: string | null = null
  let loudAt = 0

  function judge() {
    const at = now()
    const rate = posts.perMinute()
    if (rate > attackPostsPerMinute / 2) loudAt = at.getTime()
    if (since === null && rate > attackPostsPerMinute) {
      since = at.toISOString()
      onChange(since)
    } else if (since !== null && at.getTime() - loudAt > quietMs) {
      since = null
      onChange(since)
    }
  }

  return {
    judge,
    hit() {
      posts.hit()
      judge()
    },
    refuse: refused.hit,
    /** Whether anonymous suggestions have to come with work done. */
    asksForWork: (defence: GuardState['defence']) => defence === 'on' || (defence === 'auto' && since !== null),
    state: () => ({ attackSince: since, postsPerMinute: posts.perMinute(), refusedPerMinute: refused.perMinute(), attackPostsPerMinute }),
  }
}
