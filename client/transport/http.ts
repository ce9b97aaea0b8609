import type { z } from 'zod'
import type { Result } from '../../shared/commands.ts'
import { type CommandName, type Commands, type Queries, type QueryName, queries } from '../../shared/contract.ts'
import { failureFromAnswer, noAnswer, RequestFailure } from './failures.ts'

export type CommandInput<K extends CommandName> = z.input<Commands[K]['input']>
export type CommandOutput<K extends CommandName> = z.output<Commands[K]['output']>
export type QueryInput<K extends QueryName> = z.input<Queries[K]['input']>
export type QueryOutput<K extends QueryName> = z.output<Queries[K]['output']>

const timeoutMs = 20_000

/** Reads one list or thing. @throws RequestFailure with what the server said, or `unavailable` when it said nothing. */
export async function get<K extends QueryName>(name: K, input: QueryInput<K>, signal?: AbortSignal): Promise<QueryOutput<K>> {
  const answer = await request(addressOf(queries[name].path, input), { method: 'GET' }, signal)
  if (!answer.ok) throw new RequestFailure(answer.error)
  // What we send is not parsed again here; the tests hold the server to the schema.
  return answer.value as QueryOutput<K>
}

/** Asks for one thing to be done. Never throws: the answer says what became of it. */
export async function command<K extends CommandName>(name: K, input: CommandInput<K>): Promise<Result<CommandOutput<K>>> {
  const answer = await postJson(`/api/commands/${name}`, input)
  if (!answer.ok) return answer
  // Our own door answers `{ ok: true, value }`; anything else was already turned into a failure.
  return answer.value as Result<CommandOutput<K>>
}

/** A POST of JSON to this server with the session's cookie. */
export function postJson(path: string, body: unknown): Promise<Result<unknown>> {
  return request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

/** Sends a file as it is. A picture on a thin line takes its time. */
export async function putBytes<T>(path: string, body: ArrayBuffer): Promise<Result<T>> {
  const headers = { 'content-type': 'application/octet-stream' }
  return (await request(path, { method: 'PUT', headers, body }, undefined, 120_000)) as Result<T>
}

/** Puts an input into a path's parameters, and what is left into the query string. */
export function addressOf(path: string, input: Record<string, unknown>): string {
  const left = new Map(Object.entries(input).filter(([, value]) => value !== undefined))
  const filled = path.replace(/:(\w+)/g, (_, key: string) => {
    const value = String(left.get(key))
    left.delete(key)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams([...left].map(([key, value]) => [key, String(value)])).toString()
  return search ? `${filled}?${search}` : filled
}

async function request(path: string, init: RequestInit, signal?: AbortSignal, limitMs = timeoutMs): Promise<Result<unknown>> {
  const limit = AbortSignal.timeout(limitMs)
  try {
    const response = await fetch(path, { ...init, credentials: 'same-origin', signal: signal ? AbortSignal.any([signal, limit]) : limit })
    const body: unknown = await response.json().catch(() => undefined)
    if (response.ok && body !== undefined) return { ok: true, value: body }
    return { ok: false, error: failureFromAnswer(response.status, body) }
  } catch {
    return { ok: false, error: noAnswer }
  }
}
