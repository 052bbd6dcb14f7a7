import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createApp } from './app.js'
import { readConfig } from './config.js'
import { SealedError } from './installation.js'
import { createSealedApp } from './sealed-app.js'
import { prepareStandInFiles } from './stand-in-files.js'
import { Browser } from './testing/browser.js'
import { companyIdOf, createTestApp, publicUrl, type TestApp } from './testing/create-test-app.js'
import { authorizationOf, optIn } from './testing/opt-in.js'
import { rootKey } from './testing/run-command.js'
import { fileBytes, tableDump } from './testing/table-dump.js'

const rightKey = rootKey('right', 1)

/** Another process on the same data, with these keys. */
function configWith(world: TestApp, keys: string) {
  const settings = readConfig({ ...world.environment, VAULT_KEYS: keys }, { root: world.dataDir })
  return prepareStandInFiles(settings, randomBytes)
}

async function authorized() {
  const world = await createTestApp({ environment: { VAULT_KEYS: rightKey } })
  const admin = await world.as('acme.admin')
  await optIn(world, admin, 'RATING')
  return { world, admin }
}

it.each([
  ['a key of another name', rootKey('wrong', 100)],
  ['other bytes under the right name', rootKey('right', 100)],
])('is sealed with %s, changes nothing, and works again with the right key', async (_, wrongKey) => {
  const { world, admin } = await authorized()
  const { reader } = world.app.database
  world.clock.advance(80 * 24 * 60 * 60_000)
  const url = world.environment.DATABASE_URL ?? ''
  const before = { tables: await tableDump(reader), files: fileBytes(url) }

  await expect(createApp(configWith(world, wrongKey), world.surroundings)).rejects.toThrow(SealedError)
  const sealed = await createSealedApp(configWith(world, wrongKey), world.surroundings)
  onTestFinished(() => sealed.close())
  const browser = new Browser(sealed.http, publicUrl)
  for (const path of ['/readyz', '/v1/tokens/1', '/oauth/callback/rating?code=1&state=2']) {
    expect((await browser.request('GET', path)).statusCode).toBe(503)
  }
  expect({ tables: await tableDump(reader), files: fileBytes(url) }).toEqual(before)

  const again = await createApp(configWith(world, rightKey), world.surroundings)
  onTestFinished(() => again.close())
  const readyz = await new Browser(again.http, publicUrl).request('GET', '/readyz')
  expect(readyz.json()).toEqual({ status: 'ready' })
  await admin.signIn('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  expect(await authorizationOf(admin, companyId, 'RATING')).toMatchObject({ status: 'AUTHORIZED' })
})

it('names the key that is missing to the operator, and no key to anybody else', async () => {
  const { world } = await authorized()
  const config = configWith(world, rootKey('wrong', 100))
  const error: unknown = await createApp(config, world.surroundings).catch((reason: unknown) => reason)
  expect(String(error)).toContain('it needs the key "right"')
  expect(String(error)).not.toContain(rightKey.split(':')[1])
})

it('says sealed to probes and whoever wants data, and still serves the pages', async () => {
  const world = await createTestApp()
  const webRoot = join(world.dataDir, 'pages')
  mkdirSync(join(webRoot, 'assets'), { recursive: true })
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Opt-In Hub</title>')
  writeFileSync(join(webRoot, 'assets', 'index-1.js'), 'export {}')
  const config = configWith(world, rightKey)
  const sealed = await createSealedApp(config, { ...world.surroundings, webRoot })
  onTestFinished(() => sealed.close())
  const browser = new Browser(sealed.http, publicUrl)
  const get = (path: string, accept = '*/*') => browser.request('GET', path, { headers: { accept } })

  expect((await get('/healthz')).json()).toEqual({ status: 'ok' })
  const readyz = await get('/readyz')
  expect([readyz.statusCode, readyz.json()]).toEqual([
    503,
    {
      status: 'sealed',
      message: expect.stringMatching(/^The hub is sealed: .+ Nothing is lost\./) as string,
    },
  ])
  expect((await get('/applications/rating', 'text/html')).body).toContain('<title>Opt-In Hub</title>')
  expect((await get('/assets/index-1.js')).statusCode).toBe(200)

  const refused = {
    graphql: await browser.post('{"query":"{ viewer { id } }"}'),
    'signing in': await browser.post('{"query":"mutation { signOut }"}'),
    'return from UPS.com': await get('/oauth/callback/rating?code=1&state=2', 'text/html'),
    'status of a token': await get('/v1/tokens/1'),
    'address of a later release': await get('/v1/anything/else'),
    report: await browser.request('POST', '/csp-reports', { body: '{}' }),
  }
  for (const [what, response] of Object.entries(refused)) {
    expect(response.statusCode, what).toBe(503)
    expect(response.headers['content-type'], what).toMatch(/^application\/problem\+json/)
    expect(response.json(), what).toMatchObject({
      status: 503,
      code: 'INTERNAL',
      reason: 'SEALED',
      message: expect.stringContaining('The hub is sealed') as string,
      requestId: response.headers['x-request-id'],
    })
  }
})

it('refuses a database of another environment with a sentence, not a seal', async () => {
  const { world } = await authorized()
  const config = configWith(world, rightKey)
  const elsewhere = { ...config, ups: { ...config.ups, environment: 'cie' as const } }
  await expect(createApp(elsewhere, world.surroundings)).rejects.toThrow(
    'This database belongs to UPS_ENVIRONMENT=stand-in.',
  )
})
