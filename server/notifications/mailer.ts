import { createTransport } from 'nodemailer'

export type Letter = { to: string; subject: string; text: string; html: string }
export type Mailer = ReturnType<typeof createMailer>

/** A server that does not answer keeps nothing waiting for long: the job is tried again. */
const timeouts = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 7_000 }

/** Sends letters by the SMTP server of the settings. */
export function createMailer({ url, from }: { url: string; from: string }) {
  const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
  return {
    async send(letter: Letter) {
      // Nobody's out-of-office note should come back to a program.
      await transport.sendMail({ from, ...letter, headers: { 'Auto-Submitted': 'auto-generated' } })
    },
    close: () => transport.close(),
  }
}
