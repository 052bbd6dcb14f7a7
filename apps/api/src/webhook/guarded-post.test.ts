import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { startReceiver, status } from '../testing/receiver.js'
import { guardedPost } from './guarded-post.js'

const here = () => Promise.resolve(['127.0.0.1'])
const rehearsal = { mayReachLoopback: true, resolveHost: here }
const short = { connectMs: 150, totalMs: 300 }
/** For what must end by another limit than this. */
const long = { connectMs: 150, totalMs: 600_000 }
const message = { headers: { 'content-type': 'application/json' }, body: '{"text":"Zoë ✓"}' }

/** A receiver that speaks no HTTP of its own; answers its address and how many connections there were. */
async function rawServer(talk: (socket: Socket) => void) {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    talk(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sockets }
}

const everyFewMs = (socket: Socket, text: string) => {
  const timer = setInterval(() => socket.write(text), 5)
  socket.on('close', () => clearInterval(timer))
}

it('posts the exact bytes, and answers the status and what was asked of it', async () => {
  const receiver = await startReceiver()
  receiver.answers(status(503, { 'retry-after': '7' }))
  expect(await guardedPost(rehearsal, { url: receiver.url, ...message })).toEqual({
    statusCode: 503,
    retryAfter: '7',
  })
  expect(receiver.received[0]?.body.toString()).toBe(message.body)
  expect(receiver.received[0]?.headers).toMatchObject({ host: new URL(receiver.url).host })
  expect(receiver.received[0]?.headers['accept-encoding']).toBeUndefined()
})

it.each([301, 302, 303, 307, 308])('takes a %i for an answer and goes nowhere else', async (code) => {
  const receiver = await startReceiver()
  const inner = await startReceiver()
  receiver.answers(status(code, { location: inner.url }))
  expect(await guardedPost(rehearsal, { url: receiver.url, ...message })).toMatchObject({ statusCode: code })
  expect([receiver.received.length, inner.received.length]).toEqual([1, 0])
})

it('connects to the address that it has checked, by the name, and checks anew at each attempt', async () => {
  const heard: Buffer[] = []
  const server = await rawServer((socket) => socket.on('data', (chunk) => heard.push(chunk)))
  const url = `https://hooks.example.com:${new URL(server.url).port}/`
  const asked: string[] = []
  const rebinding = {
    mayReachLoopback: true,
    // Allowed at first, as a public address would be elsewhere; nobody else knows the name.
    resolveHost: (name: string) => Promise.resolve([asked.push(name) === 1 ? '127.0.0.1' : '10.0.0.5']),
  }
  expect(await guardedPost(rebinding, { url, ...message }, short)).toEqual({ failure: 'TIMED_OUT' })
  expect(server.sockets).toHaveLength(1)
  expect(Buffer.concat(heard).toString('latin1')).toContain('hooks.example.com')
  for (let attempt = 0; attempt < 3; attempt++)
    expect(await guardedPost(rebinding, { url, ...message }, short)).toEqual({
      failure: 'ADDRESS_NOT_PUBLIC',
    })
  expect(asked).toEqual(Array(4).fill('hooks.example.com'))
  expect(server.sockets).toHaveLength(1)
})

it('reaches nothing inside, by address, by name or by a spelling', async () => {
  const receiver = await startReceiver()
  const { port } = new URL(receiver.url)
  const outside = { mayReachLoopback: false, resolveHost: here }
  for (const host of [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '2130706433',
    '127.1',
    'hooks.example.com',
    '[::ffff:7f00:1]',
  ])
    for (const scheme of ['http', 'https'])
      expect(await guardedPost(outside, { url: `${scheme}://${host}:${port}/`, ...message }, short)).toEqual({
        failure: 'ADDRESS_NOT_PUBLIC',
      })
  expect(receiver.received).toEqual([])
})

it('insists on a certificate that is genuine and of the name', async () => {
  const plain = await rawServer((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'))
  const url = plain.url.replace('http://127.0.0.1', 'https://localhost')
  expect(await guardedPost(rehearsal, { url, ...message }, short)).toEqual({ failure: 'CONNECTION_FAILED' })
})

it('gives up on receivers that hang, drip, overflow, break off or speak something else', async () => {
  const talks: [string, (socket: Socket) => void, string | number][] = [
    ['says nothing', () => undefined, 'TIMED_OUT'],
    [
      'drips its headers',
      (socket) =>
        everyFewMs(
          socket.once('data', () => undefined),
          'H',
        ),
      'CONNECTION_FAILED',
    ],
    [
      'never ends its headers',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        everyFewMs(socket, `X-Filler: ${'x'.repeat(4_000)}\r\n`)
      },
      'CONNECTION_FAILED',
    ],
    [
      'never ends its interim answers',
      (socket) => everyFewMs(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n'),
      'TIMED_OUT',
    ],
    ['breaks off', (socket) => socket.destroy(), 'CONNECTION_FAILED'],
    ['breaks off in the headers', (socket) => socket.end('HTTP/1.1 200 OK\r\nX: '), 'CONNECTION_FAILED'],
    ['speaks something else', (socket) => socket.end('220 mail.example ESMTP\r\n'), 'CONNECTION_FAILED'],
    [
      'changes the protocol',
      (socket) => socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
      'CONNECTION_FAILED',
    ],
    // What the status says counts; of the body no more than 4 KiB is heard out, and nothing is unpacked.
    [
      'drips its body',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n')
        everyFewMs(socket, 'x')
      },
      200,
    ],
    [
      'sends a bomb',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1000000000000\r\n\r\n')
        everyFewMs(socket, '\0'.repeat(65_536))
      },
      200,
    ],
  ]
  for (const [what, talk, expected] of talks) {
    const server = await rawServer((socket) => {
      socket.once('data', () => talk(socket))
    })
    const limits = /bomb|ends its headers/.test(what) ? long : short
    const posted = await guardedPost(rehearsal, { url: server.url, ...message }, limits)
    expect([what, 'failure' in posted ? posted.failure : posted.statusCode]).toEqual([what, expected])
    expect([what, server.sockets.length]).toEqual([what, 1])
  }
})

it('waits for no answer of a name server that hangs, and tries one connection', async () => {
  const hanging = { ...rehearsal, resolveHost: () => new Promise<never>(() => undefined) }
  const url = 'https://hooks.example.com/'
  expect(await guardedPost(hanging, { url, ...message }, short)).toEqual({ failure: 'TIMED_OUT' })
  expect(await guardedPost(rehearsal, { url: 'http://127.0.0.1:1/', ...message }, short)).toEqual({
    failure: 'CONNECTION_FAILED',
  })
})
