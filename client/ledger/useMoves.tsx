import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type AssignmentMove, movesFor, ruleOf } from '../../shared/assignment-machine.ts'
import type { LedgerLine, LedgerState } from '../../shared/ledger.ts'
import { canSomewhere } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { pathOf } from './LineTag.tsx'
import { useStateName } from './useStateName.ts'

/** What needs no words of anybody. */
const inPlace = (key: AssignmentMove | 'issue') => key === 'sign' || key === 'accept'

export type Move = { key: AssignmentMove | 'issue'; to: LedgerState; word: string }

/** What somebody may do with a line now, and doing it. What needs words is done where they are written: on its page. */
export function useMoves() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const navigate = useNavigate()
  const nameOf = useStateName()
  const commands = { sign: useCommand('assignment:sign'), accept: useCommand('assignment:accept') }
  const [note, setNote] = useState('')

  function movesOf({ id, state, parties }: LedgerLine): Move[] {
    if (state === 'to-issue')
      return canSomewhere(actor, 'assignment:issue') ? [{ key: 'issue', to: 'issued', word: t('ledger.moveIssue') }] : []
    const own = parties.find((party) => party.id === id)
    if (!own) return []
    return movesFor(actor, own, parties).map((key) => {
      const word = t(`recommendations.step.${key}`)
      return { key, to: ruleOf(key).to, word: inPlace(key) ? word : `${word}…` }
    })
  }

  async function make(line: LedgerLine, move: Move) {
    if (!inPlace(move.key) || line.assignmentId === null) return navigate(pathOf(line))
    const result = await commands[move.key].send({ assignmentId: line.assignmentId })
    if (result.ok) setNote(t('ledger.moved', { state: nameOf(move.to) }))
  }
  return {
    movesOf,
    make: (line: LedgerLine, move: Move) => void make(line, move),
    failure: <FailureNote failure={commands.sign.failure ?? commands.accept.failure} />,
    note,
  }
}
