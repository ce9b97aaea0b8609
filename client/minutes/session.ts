import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { readAuthMessage } from 'y-protocols/auth'
import type { Awareness } from 'y-protocols/awareness'
import { encodeAwarenessUpdate } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { minutesMessage, minutesSignals } from '../../shared/minutes.ts'
import { type WriteRefusal, writeRefusals } from '../../shared/minutes-stages.ts'

const messageAwareness = 1
const messageAuth = 2

export type Person = { id: string; name: string; color: string }

export type MinutesState = {
  link: 'connecting' | 'online' | 'offline' | 'refused'
  /** Why the server will not have us, when it will not. */
  refusal: string | null
  /** What the server lets this page do; null until it has said so. */
  mayEdit: boolean | null
  /** Why this page may only read; null while it may write, or has not heard. */
  writeRefusal: WriteRefusal | null
  /** The document has been here in full at least once. */
  loaded: boolean
  /** Whether all that was typed here is stored on the server, by its own word. */
  saved: boolean
  /** A change was sent that the server did not take. */
  changeRefused: boolean
  /** It reached beyond the sections that this page may write in: what this page holds can never be stored any more. */
  strayed: boolean
  people: readonly Person[]
}

export type MinutesSession = ReturnType<typeof openMinutes>

type Options = { serverUrl: string; meetingId: string; WebSocketPolyfill?: typeof WebSocket }

/** A document that is open on this page: its content, its connection, and what is true of both. */
export function openMinutes({ serverUrl, meetingId, WebSocketPolyfill = WebSocket }: Options) {
  const doc = new Y.Doc()
  // Tabs of one browser go through the server like everybody: each can then say truthfully what of its own is stored.
  const provider = new WebsocketProvider(serverUrl, meetingId, doc, { connect: false, disableBc: true, WebSocketPolyfill })
  const listeners = new Set<() => void>()
  let state: MinutesState = {
    link: 'connecting',
    refusal: null,
    mayEdit: null,
    writeRefusal: null,
    loaded: false,
    saved: true,
    changeRefused: false,
    strayed: false,
    people: [],
  }

  function change(part: Partial<MinutesState>) {
    state = { ...state, ...part }
    for (const tell of listeners) tell()
  }

  const marks = createMarks(provider, doc, (saved) => saved !== state.saved && change({ saved }))
  speakForOneself(provider)

  provider.on('status', ({ status }) => {
    if (status === 'connected') change({ link: 'online' })
    if (status === 'disconnected') marks.lost()
    if (status === 'disconnected' && state.link !== 'refused') change({ link: 'offline' })
  })
  // A connection that is refused before it stands tells nothing but this.
  provider.on('connection-error', () => state.link === 'connecting' && change({ link: 'offline' }))
  provider.on('sync', (synced: boolean) => {
    if (!synced) return
    change({ loaded: true })
    marks.ask()
  })
  provider.on('closed', ({ reason }) => change({ link: 'refused', refusal: state.refusal ?? reason }))
  provider.awareness.on('change', () => change({ people: peopleOf(provider.awareness) }))

  provider.messageHandlers[messageAuth] = (_encoder, decoder) => readAuthMessage(decoder, doc, (_doc, refusal) => change({ refusal }))
  provider.messageHandlers[minutesMessage] = (_encoder, decoder) => {
    const signal = decoding.readVarUint(decoder)
    if (signal === minutesSignals.mark) marks.stored(decoding.readVarUint(decoder))
    if (signal === minutesSignals.access) {
      const mayEdit = decoding.readVarUint(decoder) === 1
      change({ mayEdit, writeRefusal: mayEdit ? null : refusalIn(decoding.readVarString(decoder)), refusal: null })
    }
    if (signal === minutesSignals.refused)
      change({ changeRefused: true, strayed: state.strayed || decoding.readVarString(decoder) === 'outside-sections' })
  }
  provider.connect()

  return {
    doc,
    provider,
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      listeners.clear()
      provider.destroy()
      doc.destroy()
    },
  }
}

/**
 * Knows whether everything typed here is stored. After changes it puts a mark on the connection; the server gives the mark
 * back once all that came before it is committed. One mark is on its way at a time.
 */
function createMarks(provider: WebsocketProvider, doc: Y.Doc, tell: (saved: boolean) => void) {
  let changes = 0
  let storedChanges = 0
  let onItsWay: { mark: number; changes: number } | null = null
  let lastMark = 0

  function ask() {
    if (changes === storedChanges || onItsWay || !provider.synced) return
    onItsWay = { mark: ++lastMark, changes }
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, minutesMessage)
    encoding.writeVarUint(encoder, minutesSignals.mark)
    encoding.writeVarUint(encoder, lastMark)
    provider.ws?.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>)
  }

  // The provider listens to the document before this does, so a change is on the connection before the mark that follows it.
  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin === provider) return
    changes += 1
    tell(false)
    ask()
  })

  return {
    ask,
    stored(mark: number) {
      if (onItsWay?.mark !== mark) return
      storedChanges = onItsWay.changes
      onItsWay = null
      tell(storedChanges === changes)
      ask()
    },
    /** The connection is gone, and the mark with it; the next one is put once everything has been sent again. */
    lost() {
      onItsWay = null
    },
  }
}

/** The stock provider sends on what it hears of others as well, which on a thin line is most of what it sends. Only our own is news. */
function speakForOneself(provider: WebsocketProvider) {
  const { awareness } = provider
  awareness.off('update', provider._awarenessUpdateHandler)
  awareness.on('update', (_changed: unknown, origin: unknown) => {
    if (origin !== 'local' || !provider.wsconnected) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, messageAwareness)
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID]))
    provider.ws?.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>)
  })
}

const refusalIn = (reason: string): WriteRefusal => writeRefusals.find((known) => known === reason) ?? 'read-only'

/** Each person once, however many pages they have open. */
function peopleOf(awareness: Awareness): Person[] {
  const people = new Map<string, Person>()
  for (const { user } of awareness.getStates().values()) if (isPerson(user)) people.set(user.id, user)
  return [...people.values()]
}

const isPerson = (user: unknown): user is Person =>
  typeof user === 'object' &&
  user !== null &&
  'id' in user &&
  typeof user.id === 'string' &&
  'name' in user &&
  typeof user.name === 'string'
