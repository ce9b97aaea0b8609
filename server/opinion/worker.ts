import { parentPort, workerData } from 'node:worker_threads'
import { pino } from 'pino'
import { connect, type Target } from '../db/postgres.ts'
import { stepBack } from '../transport/threads.ts'
import { type Conversation, createConversation, type VoteBatch } from './conversation.ts'
import { createMeetingReader } from './meeting-reader.ts'
import type { Reply, Request, Update } from './protocol.ts'

/* The thread in which pictures are computed, so that the program answers meanwhile. It reads the votes itself: nothing large passes between the two. */

stepBack()

const target = workerData as Target | null
const database = target && connect(target, pino({ level: 'silent' }), { max: 1 })
const reader = database && createMeetingReader(database.db)
const conversations = new Map<string, { conversation: Conversation; told: number }>()

function addVotes(request: Extract<Request, { kind: 'votes' }>): Update {
  const { conversationId, batch, setAside, stored } = request
  const known = conversations.get(conversationId) ?? { conversation: createConversation(stored), told: 0 }
  conversations.set(conversationId, known)
  return draw(known, setAside, [batch])
}

function draw(known: { conversation: Conversation; told: number }, setAside: string[], batches: VoteBatch[]): Update {
  const startedAt = performance.now()
  const { conversation } = known
  for (const batch of batches) conversation.add(batch)
  const out = new Set(setAside)
  const { opinion, places } = conversation.draw(out)
  const all = out.size === 0 ? { ...opinion, with: 'all' as const } : conversation.draw(new Set(), { view: 'all' }).opinion
  const from = known.told
  const newPeople = conversation.people.slice(from)
  known.told = conversation.people.length
  // The buffers go to the program; the conversation keeps its own of who was in which group.
  const sent = { ...places, groupOf: places.groupOf.slice() }
  const computedInMs = performance.now() - startedAt
  return { counted: opinion, all: { ...all, setAside: out.size }, from, newPeople, places: sent, computedInMs }
}

async function answer(request: Request): Promise<Update | null> {
  switch (request.kind) {
    case 'votes':
      return addVotes(request)
    case 'refresh': {
      if (!reader) throw new Error('This thread was started without a database.')
      const { conversationId, setAside } = request
      const known = conversations.get(conversationId) ?? { conversation: await reader.open(conversationId), told: 0 }
      conversations.set(conversationId, known)
      const update = draw(known, setAside, await reader.changes(conversationId, known.conversation))
      await reader.keep(conversationId, known.conversation)
      return update
    }
    case 'forget':
      await reader?.close(request.conversationId, conversations.get(request.conversationId)?.conversation)
      conversations.delete(request.conversationId)
      return null
  }
}

/** One request after another: two refreshes of one meeting must not run into each other. */
let turn: Promise<void> = Promise.resolve()
parentPort!.on('message', ({ id, ...request }: Request & { id: number }) => {
  turn = turn.then(async () => {
    const reply = await answer(request as Request).then(
      (update): Reply => ({ id, ok: true, update }),
      // A conversation that was left halfway is begun anew the next time.
      (error: unknown): Reply => {
        conversations.delete(request.conversationId)
        return { id, ok: false, message: error instanceof Error ? error.message : String(error) }
      },
    )
    const { groupOf, x, y } = (reply.ok && reply.update?.places) || { groupOf: null, x: null, y: null }
    parentPort!.postMessage(reply, groupOf ? [groupOf.buffer as ArrayBuffer, x.buffer as ArrayBuffer, y.buffer as ArrayBuffer] : [])
  })
})
