import { useCallback, useRef, useState } from 'react'
import type { Result } from '../../shared/commands.ts'
import { type CommandName, commands } from '../../shared/contract.ts'
import type { Failure } from '../../shared/errors.ts'
import { useConnection } from './ConnectionContext.tsx'
import { type CommandInput, type CommandOutput, command } from './http.ts'
import { subjectOf, useReadAgain } from './readAgain.ts'

/**
 * One command as a button or a form needs it. Commands of a live connection go over it, all others over HTTP, where the
 * session's rights of this moment hold. What it has put out of date is read again.
 */
export function useCommand<K extends CommandName>(name: K) {
  const { ask } = useConnection()
  const readAgain = useReadAgain()
  const [pending, setPending] = useState(0)
  const [failure, setFailure] = useState<Failure | null>(null)
  const latest = useRef(0)

  const send = useCallback(
    async (input: CommandInput<K>): Promise<Result<CommandOutput<K>>> => {
      const turn = ++latest.current
      setPending((count) => count + 1)
      const live = 'door' in commands[name]
      const result = live ? await ask(name, input) : await command(name, input)
      setPending((count) => count - 1)
      // Of two overlapping calls the later one has the word.
      if (turn === latest.current) setFailure(result.ok ? null : result.error)
      // Whoever was refused because of somebody else sees at once what that one did.
      if (result.ok || result.error.code === 'conflict') readAgain(subjectOf(name))
      return result
    },
    [ask, name, readAgain],
  )
  const forget = useCallback(() => setFailure(null), [])
  return { send, pending: pending > 0, failure, forget }
}
