import { isWorking } from '../../shared/assignment-machine.ts'
import type { Colour } from '../../shared/clocks.ts'
import { type LedgerCounts, type LedgerFilter, type LedgerLine, type LedgerState, ledgerStates } from '../../shared/ledger.ts'
import { type Actor, can } from '../../shared/policy.ts'

export type Shown = { state: LedgerState | undefined; colour: Colour | undefined }

/** How many lines a choice of state and colour leaves. */
export function countOf({ counts }: LedgerCounts, { state, colour }: Shown): number {
  return counts.filter((one) => state === undefined || one.state === state).reduce((sum, one) => sum + one[colour ?? 'total'], 0)
}

/** The same as it is shown: with a plus where there may be more. */
export const figureOf = (counts: LedgerCounts, shown: Shown) => `${countOf(counts, shown)}${counts.atLeast ? '+' : ''}`

/** The states that something stands in, or that are chosen, in the order of a recommendation's life. */
export const statesIn = ({ counts }: LedgerCounts, chosen: LedgerState | undefined) =>
  ledgerStates.filter((state) => state === chosen || counts.some((one) => one.state === state && one.total > 0))

export const isNarrowed = (filter: LedgerFilter) => Object.keys(filter).length > 0

/** What somebody may do to many lines at once: with which of them. */
export const issuable = (lines: readonly LedgerLine[]) =>
  lines.filter(({ recommendationId, state }) => recommendationId !== null && state !== 'past')
export const remindable = (actor: Actor, lines: readonly LedgerLine[]) =>
  lines.filter(
    ({ assignmentId, state, regionCode }) =>
      assignmentId !== null &&
      state !== 'to-issue' &&
      state !== 'past' &&
      isWorking(state) &&
      regionCode !== null &&
      can(actor, 'assignment:remind', { regionCodes: [regionCode] }),
  )
