import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, NewsItem, ServerToClient } from '../../shared/contract.ts'

export type LinkState = 'connecting' | 'live' | 'lost'

type Listener = {
  onNews: (items: NewsItem[]) => void
  onState: (state: LinkState) => void
  /** News is being heard from now on: whatever was read before may have missed some. */
  onWatching: () => void
}

export type Live = ReturnType<typeof watchMeeting>

const answerMs = 10_000
const againMs = 5_000
// A change of cells is shorter than this, and nobody needs to read of it.
const worthTellingMs = 2_000

/** Hears a meeting's news over one Socket.IO connection, and watches anew after every reconnection. */
export function watchMeeting(meetingId: string, { onNews, onState, onWatching }: Listener) {
  // A WebSocket at once saves a phone two round trips; where a proxy forbids it, long polling follows.
  const socket: Socket<ServerToClient, ClientToServer> = io({ transports: ['websocket', 'polling'], tryAllTransports: true })
  let again: ReturnType<typeof setTimeout> | undefined
  let telling: ReturnType<typeof setTimeout> | undefined

  function watch() {
    clearTimeout(again)
    socket.timeout(answerMs).emit('meeting:watch', { meetingId }, (late, result) => {
      if (late || !result.ok) {
        if (socket.connected) again = setTimeout(watch, againMs)
        return
      }
      clearTimeout(telling)
      telling = undefined
      onState('live')
      onWatching()
    })
  }

  function lost() {
    telling ??= setTimeout(() => onState('lost'), worthTellingMs)
    // Refused or sent away by the server, Socket.IO does not try again by itself.
    if (!socket.active) again = setTimeout(() => socket.connect(), againMs)
  }

  socket.on('connect', watch)
  socket.on('news', onNews)
  socket.on('disconnect', lost)
  socket.on('connect_error', lost)

  return {
    /** Connects at once instead of at the next planned attempt. */
    hurry() {
      if (!socket.connected) socket.connect()
    },
    /** Connects anew, as whoever the page is signed in as by now. */
    renew() {
      socket.disconnect()
      clearTimeout(again)
      socket.connect()
    },
    close() {
      clearTimeout(again)
      clearTimeout(telling)
      socket.off()
      socket.disconnect()
    },
  }
}
