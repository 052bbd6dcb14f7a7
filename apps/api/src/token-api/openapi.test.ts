import { Validator } from '@seriousme/openapi-schema-validator'
import addFormats from 'ajv-formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { LightMyRequestResponse } from 'fastify'
import { expect, it } from 'vitest'
import { asApiClient, createApiClient, statusPath, tokenPath, vaulted } from '../testing/api-client.js'
import { createTestApp } from '../testing/create-test-app.js'
import { deliver } from '../testing/receiver.js'

interface Described {
  headers?: Record<string, unknown>
  content?: Record<string, { schema: { $ref: string } }>
}
interface Document {
  paths: Record<string, { get: { responses: Record<string, Described> } }>
  components: { schemas: Record<string, object> }
}

const minute = 60_000

/** Checks an answer against what the document says of that path and status. */
function checker(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ ...document, $id: 'hub' })
  return (path: string, answer: LightMyRequestResponse): void => {
    const described = document.paths[path]?.get.responses[String(answer.statusCode)]
    if (!described) throw new Error(`${path} says nothing of ${answer.statusCode}`)
    for (const name of Object.keys(described.headers ?? {}))
      expect([path, answer.statusCode, Object.keys(answer.headers)]).toEqual([
        path,
        answer.statusCode,
        expect.arrayContaining([name.toLowerCase()]),
      ])
    const [type, { schema } = { schema: null }] = Object.entries(described.content ?? {})[0] ?? []
    if (!schema) return expect(answer.body).toBe('')
    expect(answer.headers['content-type']).toContain(type)
    const isValid = ajv.validate({ $ref: `hub${schema.$ref}` }, answer.json())
    expect([path, answer.statusCode, answer.body, isValid ? [] : ajv.errors]).toMatchObject([
      path,
      answer.statusCode,
      answer.body,
      [],
    ])
  }
}

it('is an OpenAPI 3.1 document that says of each answer what it is', async () => {
  const world = await createTestApp({ environment: { API_CLIENT_LIMIT: '9' } })
  const served = await world.browser().request('GET', '/v1/openapi.json')
  const document = served.json<Document & { openapi: string }>()
  expect([served.statusCode, document.openapi]).toEqual([200, '3.1.0'])
  const verdict = await new Validator().validate({ ...document })
  expect(verdict).toMatchObject({ valid: true })

  const { admin, companyId, vaultKey } = await vaulted(world)
  const keyWith = async (scopes: ('STATUS_READ' | 'TOKEN_READ')[]) =>
    asApiClient(world, (await createApiClient(admin, { companyIds: [companyId], scopes })).key)
  const client = await keyWith(['STATUS_READ', 'TOKEN_READ'])
  const none = await keyWith(['STATUS_READ'])
  const seen = new Set<string>()
  const check = checker(document)
  const see = (path: string, answer: LightMyRequestResponse) => {
    seen.add(`${path} ${answer.statusCode}`)
    check(path, answer)
  }
  const ofStatus = '/v1/tokens/{vaultKey}'
  const ofEvents = '/v1/events'
  const ofToken = '/v1/tokens/{vaultKey}/access-token'
  const status = await client.get(statusPath(vaultKey))
  see(ofStatus, status)
  see(ofStatus, await client.get(statusPath(vaultKey), { 'if-none-match': String(status.headers.etag) }))
  see(ofStatus, await client.get(statusPath('x')))
  see(ofToken, await client.get(tokenPath(vaultKey)))
  see(ofToken, await client.get(tokenPath(vaultKey, '?minimum_seconds=0')))
  see(ofToken, await none.get(tokenPath(vaultKey)))
  see(ofToken, await asApiClient(world, 'no-key').get(tokenPath(vaultKey)))
  await deliver(world)
  see(ofEvents, await client.get('/v1/events?limit=1'))
  see(ofEvents, await client.get('/v1/events?limit=0'))
  see(ofEvents, await client.get('/v1/events?after=x'))
  see(ofEvents, await asApiClient(world, 'no-key').get('/v1/events'))
  see(ofEvents, await (await keyWith(['TOKEN_READ'])).get('/v1/events'))
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 503, times: 99 })
  world.clock.advance(57 * minute)
  see(ofToken, await client.get(tokenPath(vaultKey, '?minimum_seconds=600')))
  world.clock.advance(5 * minute)
  see(ofToken, await client.get(tokenPath(vaultKey)))
  await admin.signIn('acme.admin')
  await admin.data('mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', {
    input: { companyId, application: 'RATING' },
  })
  for (let asked = 0; asked < 10; asked++) see(ofStatus, await client.get(statusPath(vaultKey)))
  see(ofToken, await none.get(tokenPath(vaultKey)))
  see(ofToken, await (await keyWith(['TOKEN_READ'])).get(tokenPath(vaultKey)))
  expect([...seen].sort()).toEqual([
    ...[200, 400, 401, 403].map((code) => `${ofEvents} ${code}`),
    ...[200, 304, 404, 429].map((code) => `${ofStatus} ${code}`),
    ...[200, 400, 401, 403, 409, 503].map((code) => `${ofToken} ${code}`),
  ])
})
