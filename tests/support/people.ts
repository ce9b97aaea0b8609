import { hashPassword } from 'better-auth/crypto'
import { io, type Socket } from 'socket.io-client'
import { v7 } from 'uuid'
import type { Db } from '../../server/db/db.ts'
import { insertAccount, insertGrant } from '../../server/identity/store.ts'
import type { Result } from '../../shared/commands.ts'
import type { ClientToServer, CommandName, Commands, News, NewsItem, NewsName, ServerToClient } from '../../shared/contract.ts'
import type { Failure } from '../../shared/errors.ts'
import type { Grant } from '../../shared/policy.ts'

export type Person = Awaited<ReturnType<ReturnType<typeof createPeople>['person']>>
type Output<K extends CommandName> = Commands[K]['output']['_output']

const password = 'a long test password'
const newsTimeoutMs = 10_000
const nameOf = (cookie: string) => cookie.slice(0, cookie.indexOf('='))
const usernameOf = (accountId: string) => `u${accountId.replaceAll('-', '').slice(-20)}`

/** The value of a command that succeeded. @throws when it was refused, saying why. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}

/** The refusal of a command. @throws when it succeeded. */
export function failure(result: Result<unknown>): Failure {
  if (result.ok) throw new Error(`was not refused: ${JSON.stringify(result.value)}`)
  return result.error
}

/** People who sign in over HTTP and talk over real sockets. */
export function createPeople(url: string, db: Db) {
  const sockets: Socket[] = []
  let hash: Promise<string> | undefined

  async function signIn(path: string, body: object, device = ''): Promise<string> {
    const response = await fetch(`${url}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, cookie: device },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`)
    const given = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!)
    // A new session takes the place of the old one, and the device stays what it is.
    const kept = device.split('; ').filter((cookie) => cookie && !given.some((other) => nameOf(other) === nameOf(cookie)))
    return [...kept, ...given].join('; ')
  }

  function withCookie(cookie: string, accountId: string | null, name: string) {
    const headers = cookie ? { cookie } : {}
    let socket: Socket<ServerToClient, ClientToServer> | undefined
    const listeners = new Set<(item: NewsItem) => void>()

    function connection() {
      if (socket) return socket
      socket = io(url, { transports: ['websocket'], extraHeaders: headers, forceNew: true, reconnectionDelay: 50 })
      socket.on('news', (items) => {
        for (const item of items) for (const listener of listeners) listener(item)
      })
      sockets.push(socket)
      return socket
    }

    return {
      accountId,
      name,
      cookie,
      get socket() {
        return connection()
      },
      /** Asks over the socket. */
      ask<K extends CommandName>(command: K, payload: Commands[K]['input']['_input']): Promise<Result<Output<K>>> {
        return connection()
          .timeout(20_000)
          .emitWithAck(command, ...([payload] as never)) as Promise<Result<Output<K>>>
      },
      /** Asks over HTTP. */
      async post<K extends CommandName>(command: K, payload: Commands[K]['input']['_input']): Promise<Result<Output<K>>> {
        const response = await fetch(`${url}/api/commands/${command}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(payload),
        })
        return response.json() as Promise<Result<Output<K>>>
      },
      /** Reads over HTTP; a refusal comes back with its status in `error`. */
      async get<T = unknown>(path: string): Promise<T> {
        const response = await fetch(`${url}${path}`, { headers })
        const body = await response.json()
        if (!response.ok)
          throw Object.assign(new Error(JSON.stringify(body)), { status: response.status, error: (body as { error: Failure }).error })
        return body as T
      },
      fetch: (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, { ...init, headers: { ...headers, ...init.headers } }),
      /** The next piece of news of this name (that matches). Ask for it before causing it. */
      next<K extends NewsName>(wanted: K, matches: (payload: Parameters<News[K]>[0]) => boolean = () => true) {
        connection()
        return new Promise<Parameters<News[K]>[0]>((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`no ${wanted} came`)), newsTimeoutMs)
          const listener = (item: NewsItem) => {
            const payload = item[1] as Parameters<News[K]>[0]
            if (item[0] !== wanted || !matches(payload)) return
            clearTimeout(timer)
            listeners.delete(listener)
            resolve(payload)
          }
          listeners.add(listener)
        })
      },
    }
  }

  return {
    password,
    usernameOf,
    /** Somebody with an account and these grants. */
    async person({ name = '张三', grants = [] }: { name?: string; grants?: Grant[] } = {}) {
      hash ??= hashPassword(password)
      const id = v7()
      const username = usernameOf(id)
      await insertAccount(db.reader, { id, username, name, passwordHash: await hash })
      for (const grant of grants) await insertGrant(db.reader, v7(), id, grant)
      return withCookie(await signIn('sign-in/username', { username, password }), id, name)
    },
    /** Somebody with an account, who signs in in the browser of a visitor. */
    async signInFrom(browser: { cookie: string }, { accountId, name }: { accountId: string | null; name: string }) {
      return withCookie(await signIn('sign-in/username', { username: usernameOf(accountId!), password }, browser.cookie), accountId, name)
    },
    /** A visitor with an anonymous account; with a cookie of a device that was here before, a new account on that device. */
    async visitor(device?: string) {
      const cookie = await signIn('sign-in/anonymous', {}, device)
      const me = (await (await fetch(`${url}/api/me`, { headers: { cookie } })).json()) as { account: { id: string } }
      return withCookie(cookie, me.account.id, '')
    },
    /** Somebody of another node of the same cluster, with the session they have there. */
    as: ({ cookie, accountId, name }: { cookie: string; accountId: string | null; name: string }) => withCookie(cookie, accountId, name),
    /** Somebody without any account. */
    stranger: () => withCookie('', null, ''),
    close: () => sockets.forEach((socket) => void socket.disconnect()),
  }
}
