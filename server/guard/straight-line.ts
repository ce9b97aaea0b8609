import { straightLine } from './thresholds.ts'
import { byAccount, createSurprise, type Vote } from './votes.ts'

export type Suspicion = { accountIds: string[]; evidence: Record<string, number> }

/** Those who say the same to everything, where others do not. Passing on everything moves nothing and is left alone. */
export function findStraightLines(votes: readonly Vote[]): Suspicion[] {
  const surprise = createSurprise(votes)
  return [...byAccount(votes)].flatMap(([accountId, own]) => {
    const stance = own[0]!.stance
    if (own.length < straightLine.votes || stance === 'pass' || own.some((vote) => vote.stance !== stance)) return []
    const bits = own.reduce((sum, vote) => sum + surprise(vote), 0)
    return bits < straightLine.bits ? [] : [{ accountIds: [accountId], evidence: { votes: own.length, bits: Math.round(bits) } }]
  })
}
