import { randomBytes } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../config.js'
import { createSealedApp } from '../sealed-app.js'
import { prepareStandInFiles } from '../stand-in-files.js'
import { createApiClient } from '../testing/api-client.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { authorizationOf, optIn } from '../testing/opt-in.js'
import { exposition } from './exposition.js'

const token = 'a-token-of-which-nobody-knows'
const environment = { METRICS_TOKEN: token }
const bearer = (value: string) => ({ headers: { authorization: `Bearer ${value}` } })

it('is not there without a token in the settings, and for nobody who does not send it', async () => {
  const without = await createTestApp()
  expect((await without.browser().request('GET', '/metrics', bearer(token))).statusCode).toBe(404)
  const world = await createTestApp({ environment })
  for (const options of [{}, bearer(`${token}x`), bearer('')]) {
    const { statusCode, body } = await world.browser().request('GET', '/metrics', options)
    expect([statusCode, body.includes('optin_hub')]).toEqual([401, false])
  }
})

it('tells how the hub is, by application and kind, and of no company or person', async () => {
  const world = await createTestApp({ environment })
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await optIn(world, admin, 'RATING')
  await createApiClient(admin, { companyIds: [companyId], applications: ['RATING'], scopes: ['TOKEN_READ'] })
  const { id: authorizationId, vaultKey } = (await authorizationOf(admin, companyId, 'RATING')) ?? {}
  const refresh = () =>
    world.app.services.refreshes.refresh({ authorizationId: authorizationId ?? '', cause: 'BY_HAND' })
  await refresh()
  world.standIn.control.faults({ endpoint: 'refresh', kind: 'status', status: 401, times: 1 })
  await refresh()
  await world.browser().query('mutation { requestPasswordReset(input: { email: "avery@acme.example" }) }')
  const scrape = async () => {
    const response = await world.browser().request('GET', '/metrics', {
      headers: { ...bearer(token).headers, host: '10.0.0.7:4000' },
    })
    expect(response.headers['content-type']).toContain('version=0.0.4')
    return response.body.split('\n')
  }
  const lines = await scrape()
  for (const line of [
    'optin_hub_sealed 0',
    'optin_hub_alarm{kind="application_refused"} 1',
    'optin_hub_alarm{kind="clock_skew"} 0',
    'optin_hub_application_paused{application="RATING"} 1',
    'optin_hub_application_paused{application="DATA_MANAGEMENT"} 0',
    'optin_hub_authorizations{application="RATING",status="AUTHORIZED"} 1',
    'optin_hub_refreshes_due 0',
    'optin_hub_sessions 1',
    'optin_hub_refreshes_total{application="RATING",outcome="renewed"} 1',
    'optin_hub_refreshes_total{application="RATING",outcome="application"} 1',
  ])
    expect(lines).toContain(line)
  const queued = lines.filter((line) => line.startsWith('optin_hub_letters_queued'))
  expect(queued).toEqual([
    'optin_hub_letters_queued{tried="no"} 1',
    'optin_hub_letters_queued{tried="yes"} 0',
  ])
  await world.app.sendLetters()
  expect(await scrape()).toContain('optin_hub_letters_total{outcome="sent"} 1')
  for (const secret of ['Acme', 'acme', 'Avery', companyId, String(vaultKey)])
    expect(lines.join('\n')).not.toContain(secret)
})

it('tells that the hub is sealed', async () => {
  const world = await createTestApp({ environment })
  const config = prepareStandInFiles(readConfig(world.environment, { root: world.dataDir }), randomBytes)
  const sealed = await createSealedApp(config, world.surroundings)
  onTestFinished(() => sealed.close())
  const { body } = await sealed.http.inject({ method: 'GET', url: '/metrics', ...bearer(token) })
  expect(body).toContain('optin_hub_sealed 1\n')
})

it('writes what a label holds so that no line breaks', () => {
  const samples = [{ labels: { name: 'a "b"\\\nc' }, value: 1 }]
  expect(exposition([{ name: 'm', help: 'h', type: 'gauge', samples }])).toBe(
    '# HELP m h\n# TYPE m gauge\nm{name="a \\"b\\"\\\\\\nc"} 1\n',
  )
})
