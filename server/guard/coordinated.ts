import type { Suspicion } from './straight-line.ts'
import { coordinated as limits } from './thresholds.ts'
import { byAccount, createSurprise, madeAt, type Vote } from './votes.ts'

/** Lets others have their turn when it has been long enough. */
export type Breathe = () => Promise<void>

type Voter = { accountId: string; at: number; byCard: ReadonlyMap<number, number>; marks: Uint32Array[]; surprises: Float64Array }

/** Those outside the window are compared with a sample of this many. */
const sampled = 400
/** After the first of a window at most this many are compared with it: more are found from the next one on. */
const compared = 400

/**
 * New devices that came together and vote alike, far more so than people who came at other times. Compares each voter with
 * those made shortly after, by bits: one for each card and stance.
 */
export async function findCoordinated(votes: readonly Vote[], breathe: Breathe = async () => {}): Promise<Suspicion[]> {
  const voters = votersOf(votes)
  const groups = createGroups(voters.length)
  for (const [place, first] of voters.entries()) {
    await breathe()
    const window = []
    for (let next = place + 1; next < voters.length && window.length < compared; next++) {
      if (voters[next]!.at - first.at > limits.windowMs) break
      window.push(next)
    }
    if (window.length < limits.people - 1) continue
    const alike = window.filter((next) => areAlike(first, voters[next]!))
    if (alike.length < limits.people - 1) continue
    const rate = outsideRate(voters, first)
    const lift = alike.length / window.length / rate
    if (lift >= limits.lift && rarity(alike.length, window.length, rate) >= limits.rarity)
      for (const next of alike) groups.join(place, next, lift)
  }
  return groups.all().map(({ members, lift }) => {
    const times = members.map((member) => voters[member]!.at)
    return {
      accountIds: members.map((member) => voters[member]!.accountId),
      evidence: {
        people: members.length,
        withinSeconds: Math.ceil((Math.max(...times) - Math.min(...times)) / 1_000),
        lift: Math.round(lift * 10) / 10,
      },
    }
  })
}

function votersOf(votes: readonly Vote[]): Voter[] {
  const surprise = createSurprise(votes)
  const cards = new Map<string, number>()
  for (const { suggestionId } of votes) if (!cards.has(suggestionId)) cards.set(suggestionId, cards.size)
  const words = Math.ceil(cards.size / 32)
  const stances = { agree: 0, disagree: 1, pass: 2 }
  return [...byAccount(votes)]
    .filter(([, own]) => own.length >= limits.votes)
    .map(([accountId, own]) => {
      const marks = [new Uint32Array(words), new Uint32Array(words), new Uint32Array(words)]
      const surprises = new Float64Array(cards.size)
      const byCard = new Map<number, number>()
      for (const vote of own) {
        const card = cards.get(vote.suggestionId)!
        const stance = stances[vote.stance]
        marks[stance]![card >> 5]! |= 1 << (card & 31)
        surprises[card] = surprise(vote)
        byCard.set(card, stance)
      }
      return { accountId, at: madeAt(accountId), byCard, marks, surprises }
    })
    .sort((a, b) => a.at - b.at)
}

function areAlike(a: Voter, b: Voter): boolean {
  let shared = 0
  let same = 0
  const [aAgree, aDisagree, aPass] = a.marks as [Uint32Array, Uint32Array, Uint32Array]
  const [bAgree, bDisagree, bPass] = b.marks as [Uint32Array, Uint32Array, Uint32Array]
  for (let word = 0; word < aAgree.length; word++) {
    const both = (aAgree[word]! | aDisagree[word]! | aPass[word]!) & (bAgree[word]! | bDisagree[word]! | bPass[word]!)
    if (both === 0) continue
    shared += bitsIn(both)
    same += bitsIn((aAgree[word]! & bAgree[word]!) | (aDisagree[word]! & bDisagree[word]!) | (aPass[word]! & bPass[word]!))
  }
  return shared >= limits.shared && same >= shared * limits.alike && surpriseOf(a, b) >= limits.bits
}

/** How unlikely it is that somebody votes as both did on what they agree on. */
function surpriseOf(a: Voter, b: Voter): number {
  let bits = 0
  for (const [card, stance] of a.byCard) if (b.byCard.get(card) === stance) bits += a.surprises[card]!
  return bits
}

/** How frequent it is among people made at other times to vote as this one does, counting one more who does and one who does not. */
function outsideRate(voters: readonly Voter[], first: Voter): number {
  const step = Math.max(1, Math.floor(voters.length / sampled))
  let outside = 0
  let alike = 0
  for (let place = 0; place < voters.length; place += step) {
    const other = voters[place]!
    if (Math.abs(other.at - first.at) <= limits.windowMs) continue
    outside += 1
    if (areAlike(first, other)) alike += 1
  }
  return (alike + 1) / (outside + 2)
}

/** −ln of a bound on the chance of at least `count` among `of` when each is one with this probability (Chernoff 1952). */
function rarity(count: number, of: number, rate: number): number {
  const share = count / of
  if (share <= rate) return 0
  const others = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - rate))
  return of * (share * Math.log(share / rate) + others)
}

/** The number of bits that are set (Warren, Hacker's Delight, 5-1). */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Union-find over voters, keeping of each group the smallest lift that joined it. */
function createGroups(size: number) {
  const parents = Array.from({ length: size }, (_, place) => place)
  const lifts = new Map<number, number>()

  function rootOf(place: number): number {
    let root = place
    while (parents[root] !== root) root = parents[root]!
    parents[place] = root
    return root
  }

  return {
    join(a: number, b: number, lift: number) {
      const [rootA, rootB] = [rootOf(a), rootOf(b)]
      const least = Math.min(lift, lifts.get(rootA) ?? lift, lifts.get(rootB) ?? lift)
      parents[rootB] = rootA
      lifts.set(rootA, least)
    },
    all() {
      const groups = new Map<number, number[]>()
      for (let place = 0; place < size; place++) {
        const root = rootOf(place)
        if (lifts.has(root)) groups.set(root, [...(groups.get(root) ?? []), place])
      }
      return [...groups].map(([root, members]) => ({ members, lift: lifts.get(root)! }))
    },
  }
}
