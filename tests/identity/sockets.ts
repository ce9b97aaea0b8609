import type { Person } from '../support/people.ts'

/** Once the person's socket is connected. */
export function connected(person: Person): Promise<void> {
  return new Promise((resolve, reject) => {
    if (person.socket.connected) return resolve()
    person.socket.once('connect', resolve)
    person.socket.once('connect_error', reject)
  })
}

/** Once the server has closed the person's connected socket, with the reason. Ask for it before causing it. */
export const disconnected = (person: Person): Promise<string> => new Promise((resolve) => person.socket.once('disconnect', resolve))

/** Comes back after the server closed the connection, as the client's page does. */
export async function comeBack(person: Person): Promise<void> {
  person.socket.connect()
  await connected(person)
}
