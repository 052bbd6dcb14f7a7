import { expect, it } from 'vitest'
import { acme, anApplication, avery, connectionOf } from '../../testing/builders'
import { refusal } from '../../testing/fake-hub'
import { eventually, openPage } from '../../testing/open-page'

const aKey = (overrides: object = {}) => ({
  id: 'key',
  publicId: '0123456789abcdef',
  createdAt: '2026-05-01T08:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  ...overrides,
})

const aClient = (overrides: object = {}) => ({
  id: 'portal',
  name: 'Portal',
  createdAt: '2026-05-01T08:00:00.000Z',
  pausedAt: null,
  revokedAt: null,
  addresses: null,
  isYoursToManage: true,
  keys: [aKey()],
  grants: [{ company: acme, application: 'RATING', scopes: ['STATUS_READ'] }],
  ...overrides,
})

const theHub = (overrides = {}) => ({
  viewer: avery,
  applications: [anApplication('RATING')],
  apiClients: connectionOf(aClient()),
  ...overrides,
})

const asked = (page: ReturnType<typeof openPage>, operation: string) =>
  page.hub.asked.filter((one) => one.operation === operation)

it('says of each client what it may do, and which of its keys work', async () => {
  const keys = [
    aKey({ expiresAt: '2026-05-02T08:00:00.000Z', lastUsedAt: '2026-05-02T07:00:00.000Z' }),
    aKey({ id: 'next', publicId: 'fedcba9876543210' }),
  ]
  const page = openPage('/api-clients?company=acme', theHub({ apiClients: connectionOf(aClient({ keys })) }))
  await page.sees('See how it stands')
  await page.sees('any network address')
  await page.sees('oih_0123456789abcdef_… Ended')
  expect(document.querySelectorAll('[aria-label^="Revoke the key"]')).toHaveLength(1)
})

it('leaves the reins of a client that others rely on to them', async () => {
  const client = aClient({ isYoursToManage: false, addresses: ['192.0.2.0/24'] })
  const page = openPage('/api-clients?company=acme', theHub({ apiClients: connectionOf(client) }))
  await page.sees('Other companies rely on this API client too')
  await page.sees('192.0.2.0/24')
  expect(document.querySelectorAll('[aria-label^="New key"], [aria-label^="Revoke the key"]')).toHaveLength(0)
})

it('asks before it takes something away, and says why it could not', async () => {
  const withdrawApiClientGrant = () => {
    throw refusal('NOT_FOUND', 'API_CLIENT_GRANT_NOT_FOUND')
  }
  const page = openPage('/api-clients?company=acme', theHub({ withdrawApiClientGrant }))
  await page.press('Withdraw')
  await page.sees('It can do nothing for this company in this application any more.')
  expect(asked(page, 'WithdrawApiClientGrant')).toEqual([])
  document.querySelector<HTMLElement>('[role=alertdialog] .dialog-actions button:last-child')?.click()
  await page.sees('This does not exist')
  expect(asked(page, 'WithdrawApiClientGrant')[0]?.variables).toEqual({
    input: { apiClientId: 'portal', companyId: 'acme', application: 'RATING' },
  })
})

it('is not asked about a company that the viewer does not administer', async () => {
  const viewer = { ...avery, memberships: [{ role: 'VIEWER', company: acme }] }
  const page = openPage('/api-clients?company=acme', theHub({ viewer }))
  await page.sees('API clients are for the admins of a company.')
  await eventually(() => expect(asked(page, 'ApiClients')).toEqual([]))
})
