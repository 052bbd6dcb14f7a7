import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createTestApp } from './testing/create-test-app.js'

async function connectionTo(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

it('stops although browsers hold connections on which they ask nothing, and finishes what it serves', async () => {
  const { app } = await createTestApp()
  let answer: () => void = () => undefined
  const asked = new Promise<void>((resolve) => {
    app.http.get('/slow', async () => {
      resolve()
      await new Promise<void>((go) => (answer = go))
      return { done: true }
    })
  })
  await app.http.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.http.server.address() as AddressInfo
  await connectionTo(port)
  const half = await connectionTo(port)
  half.write('GET /healthz HTTP/1.1\r\nHost: loc')
  const slow = await connectionTo(port)
  slow.write('GET /slow HTTP/1.1\r\nHost: localhost:4000\r\n\r\n')
  await asked

  const closed = app.http.close()
  await once(half, 'close')
  answer()
  const [received] = (await once(slow, 'data')) as [Buffer]
  expect(received.toString()).toContain('{"done":true}')
  await closed
})
