import { isSignificant, proportionTest, smoothedShare, sumOf, type Tally, twoProportionTest } from './statistics.ts'

/** Pol.is' figures for one suggestion in one group: p how likely, r how much likelier than in the rest, …t its z value; a agree, d disagree. */
export type Repness = {
  pa: number
  pd: number
  pat: number
  pdt: number
  ra: number
  rd: number
  rat: number
  rdt: number
}

export type Representative = {
  column: number
  /** What the group says to it. */
  side: 'agree' | 'disagree'
  /** How many of the group said so, of how many who voted on it. */
  count: number
  votes: number
  /** The smoothed share of the group that says so, and how many times the share of the rest that is. */
  share: number
  ratio: number
  ratioTest: number
  shareTest: number
  /** What the group agrees with most distinctly; it stands first. */
  bestAgree: boolean
  /** Whether both tests are significant at 90 %. In a small group they may not be; something is shown for every group. */
  significant: boolean
}

const mostForAGroup = 5

export function repness(group: Tally, rest: Tally): Repness {
  const [pa, pd] = [smoothedShare(group.agrees, group.votes), smoothedShare(group.disagrees, group.votes)]
  return {
    pa,
    pd,
    pat: proportionTest(group.agrees, group.votes),
    pdt: proportionTest(group.disagrees, group.votes),
    ra: pa / smoothedShare(rest.agrees, rest.votes),
    rd: pd / smoothedShare(rest.disagrees, rest.votes),
    rat: twoProportionTest(group.agrees, rest.agrees, group.votes, rest.votes),
    rdt: twoProportionTest(group.disagrees, rest.disagrees, group.votes, rest.votes),
  }
}

type Candidate = { column: number; tally: Tally; figures: Repness }

/**
 * Up to five suggestions that set each group apart from the rest, as Pol.is selects them (`select-rep-comments`; Small et al. 2021, §4.3): those for which
 * agreement, or disagreement, is both above one half and greater than elsewhere at 90 %, sorted by ratio × its test × share × its test, what
 * the group agrees with most distinctly first, agreements before disagreements. A group for which nothing passes still gets its best.
 */
export function representatives(tallies: Tally[][]): Representative[][] {
  if (tallies.length < 2) return tallies.map(() => [])
  return tallies.map((group, place) => {
    const candidates = group.flatMap((tally, column): Candidate[] => {
      const rest = sumOf(tallies.flatMap((other, index) => (index === place ? [] : [other[column]!])))
      return tally.votes + rest.votes === 0 ? [] : [{ column, tally, figures: repness(tally, rest) }]
    })
    return selectFor(candidates)
  })
}

function selectFor(candidates: Candidate[]): Representative[] {
  const best = bestAgreed(candidates)
  const head = best ? [finalized(best, 'agree', true)] : []
  const sufficient = candidates.filter(({ figures }) => passes(figures))
  if (sufficient.length === 0) return head.length > 0 ? head : mostDistinct(candidates)
  const others = sufficient
    .filter(({ column }) => column !== best?.column)
    .map((candidate) => finalized(candidate, sideOf(candidate.figures), false))
    .sort((a, b) => metric(b) - metric(a) || a.column - b.column)
  const chosen = [...head, ...others].slice(0, mostForAGroup)
  return [...chosen.filter(({ side }) => side === 'agree'), ...chosen.filter(({ side }) => side === 'disagree')]
}

const passesAgree = ({ rat, pat }: Repness) => isSignificant(rat) && isSignificant(pat)
const passesDisagree = ({ rdt, pdt }: Repness) => isSignificant(rdt) && isSignificant(pdt)
const passes = (figures: Repness) => passesAgree(figures) || passesDisagree(figures)
const sideOf = ({ rat, rdt }: Repness): Representative['side'] => (rat > rdt ? 'agree' : 'disagree')
const metric = ({ ratio, ratioTest, share, shareTest }: Representative) => ratio * ratioTest * share * shareTest

/** Pol.is, `beats-best-agr?`: by ratio and share once one that is likelier here than elsewhere was found, until then by share alone. */
function bestAgreed(candidates: Candidate[]): Candidate | null {
  const distinct = ({ ra, rat, pa, pat }: Repness) => ra * rat * pa * pat
  const agreed = ({ pa, pat }: Repness) => pa * pat
  let best: Candidate | null = null
  for (const candidate of candidates) {
    const { tally, figures } = candidate
    if (tally.agrees + tally.disagrees === 0) continue
    const better = best
      ? best.figures.ra > 1
        ? distinct(figures) > distinct(best.figures)
        : agreed(figures) > agreed(best.figures)
      : isSignificant(figures.pat) || (figures.ra > 1 && figures.pa > 0.5)
    if (better) best = candidate
  }
  return best
}

/** Pol.is, `beats-best-by-test?`. */
function mostDistinct(candidates: Candidate[]): Representative[] {
  const test = ({ figures }: Candidate) => Math.max(figures.rat, figures.rdt)
  const [first, ...others] = candidates.filter(({ tally }) => tally.votes > 0)
  if (!first) return []
  const best = others.reduce((winner, each) => (test(each) > test(winner) ? each : winner), first)
  return [finalized(best, sideOf(best.figures), false)]
}

function finalized({ column, tally, figures }: Candidate, side: Representative['side'], bestAgree: boolean): Representative {
  const { pa, pd, pat, pdt, ra, rd, rat, rdt } = figures
  const common = { column, side, votes: tally.votes, bestAgree }
  return side === 'agree'
    ? { ...common, count: tally.agrees, share: pa, ratio: ra, ratioTest: rat, shareTest: pat, significant: passesAgree(figures) }
    : { ...common, count: tally.disagrees, share: pd, ratio: rd, ratioTest: rdt, shareTest: pdt, significant: passesDisagree(figures) }
}
