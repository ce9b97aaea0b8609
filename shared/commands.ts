import type { z } from 'zod'
import type { Failure } from './errors.ts'
import type { Actor } from './policy.ts'

/**
 * One thing that can be asked for. `door: 'socket'` marks a command that only makes sense on a live connection
 * (media); all others are also served as `POST /api/commands/:name`.
 */
export type Command = { input: z.ZodType; output: z.ZodType; door?: 'socket' }
export type CommandTable = Record<string, Command>

/** One list or thing that can be read, served as `GET path`; the input is the path's parameters and the query string together. */
export type Query = { path: `/api/${string}`; input: z.ZodType; output: z.ZodType }
export type QueryTable = Record<string, Query>

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure }

export type CommandEvents<T extends CommandTable> = {
  [K in keyof T]: (payload: z.input<T[K]['input']>, ack: (result: Result<z.output<T[K]['output']>>) => void) => void
}

/** A live connection as the domains see it. `send` reaches only this connection. */
export type Connection = {
  id: string
  /** Called once when the connection is gone for good. */
  onClose(listener: () => void): void
  send(name: string, payload: unknown): void
  /** Joins the audience that hears the news of a meeting; a connection is in one audience of a meeting at most. `chair` hears the room's too. */
  watch(meetingId: string, audience: Audience): void
  unwatch(meetingId: string): void
}

/** Who hears a piece of news: phones that follow from outside, those admitted to the room, or of those the chair's side alone. */
export type Audience = 'public' | 'room' | 'chair'

export type Handlers<T extends CommandTable> = {
  [K in keyof T]: (
    actor: Actor,
    input: z.output<T[K]['input']>,
    ...connection: T[K] extends { door: 'socket' } ? [Connection] : []
  ) => Promise<z.output<T[K]['output']>>
}

export type Readers<T extends QueryTable> = {
  [K in keyof T]: (actor: Actor, input: z.output<T[K]['input']>) => Promise<z.output<T[K]['output']>>
}
