import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

export interface MailServer {
  url: string
  /** Each letter as it came: recipients of the envelope, and the message. */
  received: { to: string[]; message: string }[]
  /** How recipients are answered from now on. */
  answerTo(recipients: 'accept' | 'refuse' | 'silence'): void
  hangUp(): void
}

/** The least of SMTP (RFC 5321) that a client needs, on a port of this machine. */
export async function startMailServer(): Promise<MailServer> {
  const received: MailServer['received'] = []
  let mood: 'accept' | 'refuse' | 'silence' = 'accept'
  const sockets = new Set<Socket>()

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const say = (line: string) => socket.write(`${line}\r\n`)
    let letter = { to: [] as string[], message: '' }
    let isMessage = false
    say('220 here')
    createInterface({ input: socket }).on('line', (line) => {
      if (isMessage && line !== '.') letter.message += `${line}\n`
      else if (isMessage) {
        isMessage = false
        received.push(letter)
        letter = { to: [], message: '' }
        say('250 taken')
      } else if (/^EHLO/i.test(line)) say('250 here')
      else if (/^RCPT/i.test(line)) {
        if (mood === 'silence') return
        letter.to.push(/<(.*)>/.exec(line)?.[1] ?? '')
        say(mood === 'accept' ? '250 yes' : '450 not now, canary-address')
      } else if (/^DATA/i.test(line)) {
        isMessage = true
        say('354 go on')
      } else say(/^QUIT/i.test(line) ? '221 bye' : '250 yes')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(() => {
    hangUp()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    answerTo: (recipients) => (mood = recipients),
    hangUp,
  }
}
