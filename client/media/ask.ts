import type { ConnectionToServer } from '../transport/connection.ts'

/** What the room needs of the page's live connection. */
export type RoomConnection = Pick<ConnectionToServer, 'ask' | 'listen' | 'listenDirect' | 'onConnect' | 'onState' | 'state'>

export type Ask = RoomConnection['ask']
