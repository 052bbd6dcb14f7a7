import { createTransport } from 'nodemailer'
import type { Config } from '../config.js'
import { isLoopback } from '../settings-reader.js'
import type { StampedLetter } from './letter.js'
import type { LetterFolder } from './letter-folder.js'

/** Hands one letter over; a failure is thrown. */
export type MailTransport = (letter: StampedLetter) => Promise<void>

const waitMs = 10_000

/** Without a mail server, letters become files that the operator can hand on. */
export function createMailTransport({ mail, publicUrl }: Config, folder: LetterFolder): MailTransport {
  if (!mail) return (letter) => folder.write(letter)
  const { from } = mail
  const smtp = createTransport({
    ...serverOf(mail.url.reveal()),
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async ({ id, at, to, subject, text, html }) => {
    await smtp.sendMail({
      // As objects, addresses are not parsed again: what stands in one cannot become a second recipient.
      from: { name: 'Opt-In Hub', address: from },
      to: { name: '', address: to },
      envelope: { from, to: [to] },
      subject,
      text,
      html,
      date: at,
      // The same at a second attempt, so that a mailbox can tell a letter that came twice.
      messageId: `<${id}@${publicUrl.hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  }
}

function serverOf(address: string) {
  const url = new URL(address)
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // A letter can open an account: in clear it goes no further than this machine.
    requireTLS: !secure && !isLoopback(url),
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
  }
}
