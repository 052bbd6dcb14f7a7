import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server on a free port of loopback that ends with the test. */
export async function aServer(listener: RequestListener): Promise<string> {
  return listening(createServer(listener))
}

/** A peer that speaks whatever it likes once the first bytes have come. */
export async function aPeer(speak: (socket: Socket) => void): Promise<string> {
  return listening(
    createTcpServer((socket) => socket.on('error', () => undefined).once('data', () => speak(socket))),
  )
}

async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An address where a server was, and nobody listens now. */
export async function aClosedPort(): Promise<string> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
