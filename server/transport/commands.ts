import type { Connection, Handlers, Readers } from '../../shared/commands.ts'
import { type Commands, commands, type Queries, queries } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import { parse } from './failures.ts'

export type AllHandlers = Handlers<Commands>
export type AllReaders = Readers<Queries>
export type Desk = ReturnType<typeof createDesk>

/** Where every request is looked up and parsed, whichever door it came through. */
export function createDesk(handlers: AllHandlers, readers: AllReaders) {
  return {
    /** @throws AppError `not-found` for an unknown command, `invalid-input`, and whatever the handler refuses with. */
    ask(actor: Actor, name: string, payload: unknown, connection: Connection | null): Promise<unknown> {
      if (!Object.hasOwn(commands, name)) throw new AppError('not-found', 'no-such-command')
      const command = commands[name as keyof Commands]
      if ('door' in command && connection === null) throw new AppError('invalid-input', 'needs-a-connection')
      // The table is typed at both ends; in between, a command's name is only known at run time.
      const handler = handlers[name as keyof Commands] as (actor: Actor, input: unknown, connection: Connection | null) => Promise<unknown>
      return handler(actor, parse(command.input, payload), connection)
    },
    read(actor: Actor, name: keyof Queries, input: unknown): Promise<unknown> {
      const reader = readers[name] as (actor: Actor, input: unknown) => Promise<unknown>
      return reader(actor, parse(queries[name].input, input))
    },
  }
}
