import { Agent, request } from 'node:http'
import { v7 } from 'uuid'
import { fixture } from '../../topics/fixture.ts'
import { type Frame, openLine } from './phones.ts'
import type { ServerProcess } from './processes.ts'

export type Crowd = Awaited<ReturnType<typeof gather>>

/** One post on its way: when it left, when the last phone had it, and whether it was acknowledged. */
export type Sent = { sentAt: number; doneAt: number | null; acked: boolean | null }

/** A frame as it spreads: the posts in it, once some phone has read it whole, and which phones have it. */
type Spreading = { posts: string[] | null; reached: Uint8Array; count: number; doneAt: number | null }

const atOnce = 50
/** Characters as frequent as in people's suggestions, so that the bytes on the wire are those of Chinese, and pack no better: 1.6 bytes for each. */
const characters = [...fixture.map(({ text }) => text).join('')]
const textLength = 200

/** So many phones that follow one meeting (or just listen, to a bare server), and the posts that they make. */
export async function gather(server: ServerProcess, size: number, cookies: readonly string[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const frames = new Map<string, Spreading>()
  const posts = new Map<string, Sent>()
  const listeners: (() => void)[] = []
  let lost = 0
  let bytes = 0
  let posted = 0
  let closing = false

  function noteFrame(phone: number, { head, length, words }: Frame) {
    const now = performance.now()
    bytes += length
    const key = `${length} ${head}`
    const frame = frames.get(key) ?? { posts: null, reached: new Uint8Array(size), count: 0, doneAt: null }
    frames.set(key, frame)
    if (words !== null) frame.posts = idsIn(words)
    if (frame.reached[phone]) return
    frame.reached[phone] = 1
    frame.count += 1
    if (frame.count === size) frame.doneAt = now
    if (frame.doneAt === null || frame.posts === null) return
    for (const id of frame.posts) {
      const post = posts.get(id)
      if (post && post.doneAt === null) post.doneAt = frame.doneAt
    }
    frames.delete(key)
    for (const listener of listeners) listener()
  }

  const members = await inTurns(size, (phone) =>
    join(
      server,
      { phone, cookie: cookies[phone] },
      (frame) => noteFrame(phone, frame),
      () => void (closing || lost++),
    ),
  )

  async function deliver(id: string, phone: number): Promise<boolean> {
    const text = Array.from({ length: textLength }, () => characters[Math.floor(Math.random() * characters.length)]).join('')
    if (server.kind === 'own') {
      const body = { id, meetingId: server.meetingId, text }
      const answer = await post(agent, server.port, '/api/commands/suggestion:post', headersOf(phone, cookies[phone]!), body)
      return answer.status === 200
    }
    const words = JSON.stringify({ id, text, authorName: '', version: 1 })
    members[phone]!.send(server.kind === 'ws' ? words : `42${posted}["post",${words}]`)
    return true
  }

  return {
    size,
    /** Makes one post as the next of the phones. */
    post() {
      const id = v7()
      const sent: Sent = { sentAt: performance.now(), doneAt: null, acked: null }
      posts.set(id, sent)
      const settle = (acked: boolean) => Object.assign(sent, { acked })
      deliver(id, posted++ % size).then(settle, () => settle(false))
      return sent
    },
    /** Resolves once every one of these has reached everybody, or when there was no news for so long. */
    async reached(all: Sent[], patienceMs: number) {
      const isDone = () => all.every(({ doneAt, acked }) => doneAt !== null || acked === false)
      while (!isDone()) {
        const progress = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(false), patienceMs)
          listeners.push(() => {
            clearTimeout(timer)
            listeners.length = 0
            resolve(true)
          })
        })
        if (!progress) break
      }
      posts.clear()
      frames.clear()
    },
    traffic: () => ({ bytes, lost }),
    close() {
      closing = true
      for (const member of members) member.close()
      agent.destroy()
    },
  }
}

/** The ids of posts in a frame, whichever server it is of. */
function idsIn(words: string): string[] {
  return [...words.matchAll(/"id":"([0-9a-f-]{36})"/g)].map(([, id]) => id!)
}

async function inTurns<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker))
  return results
}

/** An anonymous account for each phone, as its page makes one before the first post. */
export async function signInAll({ port }: ServerProcess, size: number): Promise<string[]> {
  const agent = new Agent({ keepAlive: true })
  const cookies = await inTurns(size, (phone) => signIn(agent, port, phone))
  agent.destroy()
  return cookies
}

const addressOf = (phone: number) => `10.${phone >> 16}.${(phone >> 8) & 255}.${phone & 255}`
const headersOf = (phone: number, cookie: string) => ({ 'X-Forwarded-For': addressOf(phone), Cookie: cookie })

async function signIn(agent: Agent, port: number, phone: number): Promise<string> {
  const { status, cookies: set } = await post(agent, port, '/api/auth/sign-in/anonymous', { 'X-Forwarded-For': addressOf(phone) }, {})
  if (status !== 200) throw new Error(`sign-in: ${status}`)
  return set.map((cookie) => cookie.split(';')[0]).join('; ')
}

function post(agent: Agent, port: number, path: string, headers: Record<string, string>, body: object) {
  return new Promise<{ status: number; cookies: string[] }>((resolve, reject) => {
    const origin = `http://127.0.0.1:${port}`
    const options = { agent, method: 'POST', headers: { ...headers, Origin: origin, 'Content-Type': 'application/json' } }
    const asked = request(`${origin}${path}`, options, (response) => {
      response.resume()
      response.once('end', () => resolve({ status: response.statusCode ?? 0, cookies: response.headers['set-cookie'] ?? [] }))
    })
    asked.once('error', reject)
    asked.end(JSON.stringify(body))
  })
}

/** Connects one phone as its page does, up to where it hears the news. The first one reads every frame whole. */
function join(
  { kind, port, meetingId }: ServerProcess,
  { phone, cookie }: { phone: number; cookie: string | undefined },
  onNews: (frame: Frame) => void,
  onLost: () => void,
) {
  return new Promise<ReturnType<typeof openLine>>((resolve, reject) => {
    // Every server is shown the same headers: they are kept for as long as the connection lives.
    const headers = { ...headersOf(phone, cookie ?? 'x'.repeat(120)), 'User-Agent': userAgent, Origin: `http://127.0.0.1:${port}` }
    const path = kind === 'ws' ? '/' : '/socket.io/?EIO=4&transport=websocket'
    const onOpen = () => void (kind === 'ws' && resolve(line))
    const line = openLine({ port, path, headers, whole: phone === 0, onOpen, onFrame: kind === 'ws' ? onNews : hear })
    line.onError(reject)
    line.onClose(onLost)

    // Packets of Engine.IO (0 open, 2 ping, 3 pong, 4 message) and in them of Socket.IO (0 connect, 2 event, 3 answer).
    function hear(frame: Frame) {
      // Only news is packed.
      if (frame.packed || frame.head.startsWith('42')) return onNews(frame)
      if (frame.head === '2') return line.send('3')
      if (frame.head.startsWith('0')) return line.send('40')
      if (frame.head.startsWith('40') && kind === 'socketio') return resolve(line)
      if (frame.head.startsWith('40')) return line.send(`420["meeting:watch",${JSON.stringify({ meetingId })}]`)
      if (frame.head.startsWith('430[{"ok":true')) return resolve(line)
      if (frame.head.startsWith('44') || frame.head.startsWith('430')) reject(new Error(frame.head))
    }
  })
}

const userAgent =
  'Mozilla/5.0 (Linux; Android 13; V2183A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 MicroMessenger/8.0.50 Mobile'
