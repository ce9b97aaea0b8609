import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { v7 } from 'uuid'
import { readAuthMessage } from 'y-protocols/auth'
import type { Awareness } from 'y-protocols/awareness'
import { encodeAwarenessUpdate } from 'y-protocols/awareness'
import { messageYjsSyncStep1 } from 'y-protocols/sync'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { minutesClose, minutesMessage, minutesSignals } from '../../shared/minutes.ts'
import { type WriteRefusal, writeRefusals } from '../../shared/minutes-stages.ts'
import { createKeeper } from '../offline/keeper.ts'
import type { Described, Holder, Kept, Shelf, Unsaved } from '../offline/shelf.ts'

const messageSync = 0
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
  /** What this device had of it is on the page; it can be read before the server has answered. */
  copied: boolean
  /** Whether all that was typed here is stored on the server, by its own word. */
  saved: boolean
  /** Whether all that was typed here is on this device, and outlives the page. */
  kept: boolean
  /** The meeting, and the limits of whoever writes, as they were when this device last had a network. */
  described: Described | null
  /** The server has another program than this page: what it does not know it could spoil. */
  outdated: boolean
  /** A change was sent that the server did not take. */
  changeRefused: boolean
  /** It reached beyond the sections that this page may write in: what this page holds can never be stored any more. */
  strayed: boolean
  /** This page has words that the server does not have and will not take. */
  stranded: boolean
  people: readonly Person[]
}

export type MinutesSession = ReturnType<typeof openMinutes>

type Options = {
  serverUrl: string
  meetingId: string
  /** Whose page it is, and where its words are kept on the device. */
  holder?: Holder
  shelf?: Shelf
  /** False leaves the connection to `connect()`. */
  atOnce?: boolean
  WebSocketPolyfill?: typeof WebSocket
}

/** The origin of what comes from the device. */
const fromDevice = Symbol('from the device')

/** A document that is open on this page: its content, its connection, and what is true of both. */
export function openMinutes({ serverUrl, meetingId, holder, shelf, atOnce = true, WebSocketPolyfill = WebSocket }: Options) {
  const doc = new Y.Doc()
  // Tabs of one browser go through the server like everybody: each can then say truthfully what of its own is stored.
  const provider = new WebsocketProvider(serverUrl, meetingId, doc, {
    connect: false,
    disableBc: true,
    WebSocketPolyfill,
    ...(holder && { params: { account: holder.accountId } }),
  })
  const listeners = new Set<() => void>()
  let state: MinutesState = {
    link: atOnce ? 'connecting' : 'offline',
    refusal: null,
    mayEdit: null,
    writeRefusal: null,
    loaded: false,
    copied: false,
    saved: true,
    kept: false,
    described: null,
    outdated: false,
    changeRefused: false,
    strayed: false,
    stranded: false,
    people: [],
  }
  let allowed = atOnce
  let closed = false
  let loadedUnsaved: Unsaved = {}

  function change(part: Partial<MinutesState>) {
    state = { ...state, ...part }
    for (const tell of listeners) tell()
  }

  const marks = createMarks(provider, doc, (saved) => {
    if (saved !== state.saved) change({ saved })
    if (saved) void keeper?.settle({ ...loadedUnsaved, [keeper.page]: marks.changes() })
  })
  const place = shelf && holder && { ...holder, meetingId }
  const keeper = place && createKeeper({ shelf, place, unsaved: marks.unsaved, tell: (kept) => kept !== state.kept && change({ kept }) })
  // After the marks have heard of it.
  doc.on('update', (update: Uint8Array, origin: unknown) => origin !== fromDevice && keeper?.add(update))
  speakForOneself(provider)
  sayNothingAgainstALock(provider, () => state.mayEdit === false)

  provider.on('status', ({ status }) => {
    if (status === 'connected') change({ link: 'online' })
    if (status === 'disconnected') marks.lost()
    if (status === 'disconnected' && state.link !== 'refused') goOffline()
  })
  // A connection that is refused before it stands tells nothing but this.
  provider.on('connection-error', () => state.link === 'connecting' && goOffline())
  provider.on('sync', (synced: boolean) => {
    if (!synced) return
    change({ loaded: true })
    if (state.mayEdit === true) keeper?.begin(wholeOf)
    else onlyReading()
    marks.ask()
  })
  provider.on('closed', ({ code, reason }) => {
    const away = code === minutesClose.notAllowed || code === minutesClose.notFound
    const refusal = state.refusal ?? reason
    change({ link: 'refused', refusal, stranded: away && !state.saved && !passing.includes(refusal) })
  })
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
  void start()

  /** What the device has is shown once the server cannot be reached. Only who may write has it; the server says later whether that is still so. */
  function goOffline() {
    change({ link: 'offline', ...(state.copied && { loaded: true, mayEdit: state.mayEdit ?? true }) })
  }

  const wholeOf = () => Y.encodeStateAsUpdate(doc)

  function onlyReading() {
    keeper?.dismiss()
    if (!state.saved) change({ changeRefused: true, stranded: true })
    else if (place) void shelf.forget(place).catch(() => undefined)
  }

  async function start() {
    // Before anything is sent: what the device has is what this page begins with.
    const copy = place ? await shelf.copyOf(place).catch(() => null) : null
    if (closed) return
    if (copy) take(copy)
    if (allowed) provider.connect()
  }

  function take({ update, unsaved, described }: NonNullable<Awaited<ReturnType<Shelf['copyOf']>>>) {
    Y.applyUpdate(doc, update, fromDevice)
    loadedUnsaved = unsaved
    keeper?.begin(wholeOf)
    // First of all: nobody is to see these words on the page and take them for stored.
    if (Object.keys(unsaved).length > 0) marks.bring()
    change({ described, copied: true })
    if (state.link === 'offline') goOffline()
  }

  return {
    doc,
    provider,
    state: () => state,
    /** Lets it connect, or says that the program has to be loaded anew first. */
    connect(isCurrent: boolean) {
      allowed = isCurrent
      if (state.outdated === isCurrent) change({ outdated: !isCurrent })
      if (isCurrent) provider.connect()
    },
    isAllowed: () => allowed,
    disconnect: () => provider.disconnect(),
    describe: (known: Described) => keeper?.describe(known),
    /** Puts what the server does not take beside the minutes, on the device. The page is to be opened anew after it. */
    async setAside(): Promise<void> {
      if (!place || !keeper) return
      await keeper.end()
      const { accountId } = place
      const refusal = state.writeRefusal ?? state.refusal ?? 'read-only'
      await shelf.setAside({
        ...{ id: v7(), accountId, meetingId, refusal },
        ...{ update: Y.encodeStateAsUpdate(doc), keptAt: new Date().toISOString(), done: [] },
      })
    },
    /** What this page holds can never be stored: the device forgets it too. */
    async abandon(): Promise<void> {
      await keeper?.end()
      if (place) await shelf.forget(place, true)
    },
    /** Writes words that were kept aside into the minutes after all; they leave their shelf once the page has them on the device. */
    async bringBack({ id, update }: Kept): Promise<void> {
      Y.applyUpdate(doc, update, 'brought-back')
      await keeper?.idle()
      await shelf?.discard(id)
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Resolves once what was typed here is on the device. */
    async close(): Promise<void> {
      closed = true
      listeners.clear()
      provider.destroy()
      await keeper?.end()
      doc.destroy()
    },
  }
}

/** Refusals that pass by signing in: the words wait where they are. */
const passing: readonly string[] = ['not-signed-in', 'other-account']

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
    if (origin !== provider && origin !== fromDevice) bring()
  })

  function bring() {
    changes += 1
    tell(false)
    ask()
  }

  return {
    ask,
    /** The page has something that may not be stored. */
    bring,
    changes: () => changes,
    unsaved: () => (storedChanges === changes ? 0 : changes),
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

/** Asked for what the server does not have, a page that may not write says nothing: it would be a change against the lock. */
function sayNothingAgainstALock(provider: WebsocketProvider, isReader: () => boolean) {
  const hear = provider.messageHandlers[messageSync]!
  provider.messageHandlers[messageSync] = (encoder, decoder, ...rest) => {
    if (isReader() && decoding.peekVarUint(decoder) === messageYjsSyncStep1) return
    hear(encoder, decoder, ...rest)
  }
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
