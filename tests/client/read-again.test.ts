import { QueryClient } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import { readAfter, readAgain, subjectOf } from '../../client/transport/readAgain.ts'
import { keyOf } from '../../client/transport/useQueryOf.ts'
import { type CommandName, commands } from '../../shared/contract.ts'
import { evaluationQueries } from '../../shared/evaluations.ts'
import { ledgerQueries } from '../../shared/ledger.ts'
import { lookBackQueries } from '../../shared/look-backs.ts'
import { recommendationQueries } from '../../shared/recommendations.ts'

describe('what is read again after a change', () => {
  test('is said for whatever commands are about, and for nothing else', () => {
    const subjects = new Set((Object.keys(commands) as CommandName[]).map(subjectOf))
    expect(new Set(Object.keys(readAfter))).toEqual(subjects)
  })

  test.each(['assignment', 'proposal', 'evaluation', 'look-back', 'clock', 'setting', 'ledger'] as const)(
    'after %s: the lists and the counts of the ledger, whatever they are narrowed to, and no choices of its filters',
    (subject) => {
      const client = new QueryClient()
      const [lines, counts] = [keyOf('ledger', { state: 'issued', sort: 'due' }), keyOf('ledger-counts', { year: 2024 })]
      const choices = keyOf('ledger-choices', { of: 'meeting' })
      for (const key of [lines, counts, choices]) client.setQueryData(key, [])
      readAgain(client, subject)
      const isStale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated
      expect([lines, counts, choices].map(isStale)).toEqual([true, true, false])
    },
  )

  test('a move leaves out nothing that shows recommendations', () => {
    // These show no state, or belong to a form that keeps what comes back.
    const apart = ['supervisors', 'evaluation-task', 'candidates', 'ledger-choices', 'ledger-views', 'past-recommendation']
    const shown = Object.keys({ ...recommendationQueries, ...evaluationQueries, ...lookBackQueries, ...ledgerQueries })
    expect(shown.filter((name) => ![...readAfter.assignment, ...apart].includes(name as never))).toEqual([])
  })
})
