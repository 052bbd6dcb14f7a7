import { request } from 'node:http'
import { createHubClient } from '@optin-hub/hub-client'
import { expect, it } from 'vitest'
import { createApiClient, vaulted } from './api-client.js'
import { createTestApp, publicUrl, type TestApp } from './create-test-app.js'
import { HandOutEntity } from '../token-api/hand-out.entity.js'

/** Over a real connection; the hub answers at its public address only, which is where its clients ask. */
async function overLoopback(world: TestApp): Promise<typeof fetch> {
  const { port } = new URL(await world.app.http.listen({ port: 0, host: '127.0.0.1' }))
  return (input, init) =>
    new Promise((resolve, reject) => {
      const { host, pathname, search } = new URL(input as URL)
      const headers = { ...(init?.headers as Record<string, string>), host }
      const sent = request({ port, host: '127.0.0.1', path: `${pathname}${search}`, headers }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const status = answer.statusCode ?? 0
          const body = status === 304 ? null : Buffer.concat(parts)
          resolve(new Response(body, { status, headers: answer.headers as Record<string, string> }))
        })
      })
      sent.on('error', reject)
      sent.end()
    })
}

it('serves the client that integrators are given: status, tokens that last, refusals', async () => {
  const world = await createTestApp()
  const { admin, companyId, vaultKey } = await vaulted(world)
  const { key } = await createApiClient(admin, { companyIds: [companyId] })
  const fetch = await overLoopback(world)
  const hub = createHubClient({
    url: publicUrl,
    apiKey: key,
    fetch,
    clock: () => world.clock().getTime(),
  })
  const status = await hub.status(vaultKey)
  expect(status).toMatchObject({ vaultKey, application: 'RATING', status: 'AUTHORIZED', active: true })
  expect(await hub.status(vaultKey)).toEqual(status)
  expect(await hub.status('3F2504E0-4F89-41D3-9A0C-0305E82C3301')).toBeNull()

  const asked = await Promise.all(Array.from({ length: 10 }, () => hub.accessToken(vaultKey)))
  expect(new Set(asked.map(({ accessToken }) => accessToken)).size).toBe(1)
  world.clock.advance(55 * 60_000)
  const later = await hub.accessToken(vaultKey, { minimumSeconds: 600 })
  expect(later).toMatchObject({ tokenType: 'Bearer', stale: false })
  expect(later.accessToken).not.toBe(asked[0]?.accessToken)
  expect(await world.app.database.reader.count(HandOutEntity)).toBe(2)

  await admin.signIn('acme.admin')
  await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
    input: { companyId, application: 'RATING' },
  })
  hub.forget(vaultKey)
  await expect(hub.accessToken(vaultKey)).rejects.toMatchObject({ status: 409, code: 'CONFLICT' })
  const stranger = createHubClient({ url: publicUrl, apiKey: 'not-a-key', fetch })
  await expect(stranger.status(vaultKey)).rejects.toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
})
