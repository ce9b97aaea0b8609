import { createContext, type ReactNode, useContext, useEffect, useRef, useSyncExternalStore } from 'react'
import type { News, NewsName } from '../../shared/contract.ts'
import type { ConnectionState, ConnectionToServer } from './connection.ts'

const ConnectionContext = createContext<ConnectionToServer | null>(null)

export function ConnectionProvider({ connection, children }: { connection: ConnectionToServer; children: ReactNode }) {
  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

export function useConnection(): ConnectionToServer {
  const connection = useContext(ConnectionContext)
  if (!connection) throw new Error('useConnection needs a ConnectionProvider above it')
  return connection
}

export function useConnectionState(): ConnectionState {
  const { onState, state } = useConnection()
  return useSyncExternalStore(onState, state)
}

/** Hears one kind of news while the component is on the page. The listener may change between renders. */
export function useNews<K extends NewsName>(name: K, listener: (payload: Parameters<News[K]>[0]) => void): void {
  const { listen } = useConnection()
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => listen(name, (payload) => latest.current(payload)), [listen, name])
}
