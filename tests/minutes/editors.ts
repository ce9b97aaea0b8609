import { v7 } from 'uuid'
import { WebSocket as NodeWebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { openMinutes } from '../../client/minutes/session.ts'
import { minutesField, minutesMessage } from '../../shared/minutes.ts'
import { eventually } from '../support/eventually.ts'

type Holder = { cookie: string }

/** The browser's WebSocket with somebody's cookie. */
export function socketOf({ cookie }: Holder, headers: Record<string, string> = {}): typeof WebSocket {
  const sent = cookie === '' ? headers : { cookie, ...headers }
  return class extends NodeWebSocket {
    constructor(url: string) {
      super(url, { headers: sent })
    }
  } as unknown as typeof WebSocket
}

export const minutesUrl = (url: string) => `${url.replace(/^http/, 'ws')}/minutes`

/** The stock client, as any Yjs program would use it. */
export function openStock(url: string, person: Holder, meetingId: string) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(minutesUrl(url), meetingId, doc, { WebSocketPolyfill: socketOf(person), disableBc: true })
  // The stock client only complains on the console about a message type that it does not know.
  provider.messageHandlers[minutesMessage] = () => undefined
  return { doc, provider, synced: () => eventually(() => provider.synced), close: () => provider.destroy() }
}

/** Our own client, without the page around it. */
export function openEditor(url: string, person: Holder, meetingId: string) {
  const session = openMinutes({ serverUrl: minutesUrl(url), meetingId, WebSocketPolyfill: socketOf(person) })
  return {
    ...session,
    loaded: () => eventually(() => session.state().loaded),
    saved: () => eventually(() => session.state().link === 'online' && session.state().loaded && session.state().saved),
    refused: () => eventually(() => session.state().link === 'refused' && session.state()),
  }
}

export const bodyOf = (doc: Y.Doc) => doc.getXmlFragment(minutesField)
export const xmlOf = (doc: Y.Doc) => bodyOf(doc).toString()

/** Writes a paragraph at the end; gives its id. */
export function write(doc: Y.Doc, words: string): string {
  const blockId = v7()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.setAttribute('blockId', blockId)
  paragraph.insert(0, [new Y.XmlText(words)])
  bodyOf(doc).push([paragraph])
  return blockId
}

/** Puts a block with plain attributes at the end. */
export function insert(doc: Y.Doc, type: string, attributes: Record<string, unknown>): string {
  const blockId = v7()
  const block = new Y.XmlElement(type)
  // Attributes are kept as they are given, numbers too, though the type says text.
  for (const [name, value] of Object.entries({ blockId, ...attributes })) block.setAttribute(name, value as string)
  bodyOf(doc).push([block])
  return blockId
}
