import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { createStandIn, signInAndAgree, type StandIn } from '@optin-hub/ups-stand-in'
import { OAuthError } from '@optin-hub/oauth-client'
import { expect, it, onTestFinished, vi } from 'vitest'
import { main as authorize } from './authorization-code.js'
import { main as refresh } from './refresh.js'

const application = { id: 'RATING', name: 'UPS Rating', clientId: 'CLIENT', clientSecret: 'canary-secret' }

/** The stand-in behind a real socket, the two files of the examples, and what they printed. */
async function aWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'oauth-client-examples-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const redirectUri = `http://127.0.0.1:${await aFreePort()}/callback`
  const standIn = await servedStandIn(redirectUri)
  const files = [join(folder, 'credentials.json'), join(folder, 'tokens.json')] as [string, string]
  const { clientId, clientSecret } = application
  await writeFile(files[0], JSON.stringify({ baseUrl: standIn.url, clientId, clientSecret, redirectUri }))
  const printed = vi.spyOn(console, 'log').mockReturnValue(undefined)
  onTestFinished(() => printed.mockRestore())
  const server = await authorize(files)
  onTestFinished(() => void server.close())
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  return {
    ...standIn,
    files,
    origin: new URL(redirectUri).origin,
    said: () => printed.mock.calls.flat().join('\n'),
  }
}

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function servedStandIn(redirectUri: string): Promise<{ standIn: StandIn; url: string }> {
  const port = await aFreePort()
  const url = `http://127.0.0.1:${port}`
  const standIn = createStandIn({ applications: [{ ...application, redirectUri }], publicUrl: url })
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const given = await standIn.fetch(await requestOf(request, url))
    response.writeHead(given.status, [...given.headers].flat()).end(await given.text())
  }
  const server = createServer((request, response) => void answer(request, response)).listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  return { standIn, url }
}

async function requestOf(request: IncomingMessage, url: string): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = new Headers(request.headers as Record<string, string>)
  headers.delete('connection')
  const body = chunks.length === 0 ? null : Buffer.concat(chunks)
  return new Request(new URL(String(request.url), url), { method: String(request.method), headers, body })
}

/** A browser that opens `/`, signs in at UPS.com and comes back. */
async function optIn({ origin, standIn }: { origin: string; standIn: StandIn }) {
  const begun = await fetch(origin, { redirect: 'manual' })
  const callback = await signInAndAgree(standIn, String(begun.headers.get('location')), {
    username: 'acme',
    password: 'ups-demo',
  })
  const cookie = String(begun.headers.get('set-cookie')?.split(';')[0])
  return { callback, comeBack: () => fetch(callback, { headers: { cookie } }) }
}

it('authorizes, stores, refreshes, and refreshes again when it is time', async () => {
  const world = await aWorld()
  const { comeBack } = await optIn(world)
  expect(await (await comeBack()).text()).toBe('Authorized.')
  expect((await stat(world.files[1])).mode & 0o777).toBe(0o600)

  const first = await readFile(world.files[1], 'utf8')
  await refresh(world.files, () => new Date())
  expect(await readFile(world.files[1], 'utf8')).toBe(first)

  const later = new Date(Date.now() + 3_600_000)
  await refresh(world.files, () => later)
  expect(await readFile(world.files[1], 'utf8')).not.toBe(first)
  expect(world.said()).toContain('The access token lives until ')
  expect(world.said()).not.toContain(JSON.parse(first).accessToken)
})

it('takes a flow once, and only from the browser that began it', async () => {
  const world = await aWorld()
  const { callback, comeBack } = await optIn(world)
  const stranger = await fetch(callback)
  expect([stranger.status, await stranger.text()]).toEqual([400, 'CALLBACK_STATE_MISMATCH'])
  expect((await comeBack()).status).toBe(200)
  expect((await comeBack()).status).toBe(400)
  expect(world.standIn.control.ledger().rows.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1)
})

it('keeps the stored tokens while UPS is down, and drops them when UPS refuses them', async () => {
  const world = await aWorld()
  await (await optIn(world)).comeBack()
  const later = () => new Date(Date.now() + 3_600_000)
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503 })
  await expect(refresh(world.files, later)).rejects.toMatchObject({ failure: 'transient' })
  expect((await stat(world.files[1])).isFile()).toBe(true)

  world.standIn.control.password({ username: 'acme', password: 'a-new-password' })
  await expect(refresh(world.files, later)).rejects.toBeInstanceOf(OAuthError)
  await expect(stat(world.files[1])).rejects.toMatchObject({ code: 'ENOENT' })
})
