import { once } from 'node:events'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { eventually } from '../support/eventually.ts'

/** A real SMTP server that keeps what it takes, and turns letters to those addresses away that are in `refused`. */
export async function openMailbox() {
  const letters: ParsedMail[] = []
  const refused = new Set<string>()
  let turnedAway = 0
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      void simpleParser(stream).then((letter) => {
        if (addressesOf(letter).some((address) => refused.has(address))) {
          turnedAway++
          return done(Object.assign(new Error('try later'), { responseCode: 451 }))
        }
        letters.push(letter)
        done()
      }, done)
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('The mailbox has no port.')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    letters,
    refused,
    turnedAway: () => turnedAway,
    /** The letters to this address, once there are so many. */
    to: (email: string, count = 1) =>
      eventually(
        () => {
          const own = letters.filter((letter) => addressesOf(letter).includes(email))
          if (own.length < count) throw new Error(`${own.length} of ${count} letters to ${email}`)
          return own
        },
        { timeoutMs: 15_000 },
      ),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export const addressesOf = ({ to }: ParsedMail) => [to].flat().flatMap((one) => one?.value.map(({ address }) => address ?? '') ?? [])
