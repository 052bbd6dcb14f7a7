import { expect, it } from 'vitest'
import { acme, anApplication, avery } from '../../testing/builders'
import { refusal } from '../../testing/fake-hub'
import { eventually, openPage } from '../../testing/open-page'

const at = '2026-05-12T08:00:00.000Z'

const listOf = (...nodes: object[]) => ({
  edges: nodes.map((node) => ({ node, cursor: 'here' })),
  pageInfo: { hasNextPage: false, hasPreviousPage: false, endCursor: null },
  totalCount: nodes.length,
})

const aClient = (overrides: object = {}) => ({
  id: 'portal',
  name: 'Portal',
  revokedAt: null,
  isYoursToManage: true,
  ...overrides,
})

const anEndpoint = (overrides: object = {}) => ({
  id: 'endpoint',
  apiClientId: 'portal',
  host: 'portal.example.com',
  url: 'https://portal.example.com/hub',
  eventTypes: null,
  state: 'ENABLED',
  disabledReason: null,
  createdAt: at,
  secretLastFour: 'WxYz',
  secretSetAt: at,
  formerSecretUntil: null,
  failingSince: null,
  lastDeliveredAt: null,
  isYoursToManage: true,
  ...overrides,
})

const aDelivery = (overrides: object = {}) => ({
  id: 'delivery',
  eventId: 'event',
  type: 'AUTHORIZATION_OPTED_OUT',
  isTest: false,
  company: acme,
  application: 'RATING',
  state: 'DELIVERED',
  createdAt: at,
  attempts: 1,
  lastAttemptAt: at,
  statusCode: 204,
  failure: null,
  nextAttemptAt: null,
  ...overrides,
})

const aTest = (overrides: object = {}) =>
  aDelivery({ id: 'test', type: null, isTest: true, company: null, application: null, ...overrides })

const open = (overrides: object = {}) =>
  openPage('/webhooks?company=acme', {
    viewer: avery,
    applications: [anApplication('RATING')],
    apiClients: listOf(aClient()),
    webhookEndpoints: listOf(anEndpoint()),
    webhookDeliveries: listOf(aDelivery()),
    ...overrides,
  })

const asked = (page: ReturnType<typeof openPage>, operation: string) =>
  page.hub.asked.filter((one) => one.operation === operation).map(({ variables }) => variables)

async function submit(page: ReturnType<typeof openPage>, name: string) {
  const button = await page.button(name)
  document
    .getElementById(button.getAttribute('form') ?? '')
    ?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
}

it('says how each endpoint stands, and what to do about one that the hub has disabled', async () => {
  const page = open({
    webhookEndpoints: listOf(
      anEndpoint({ failingSince: at, eventTypes: ['AUTHORIZATION_OPTED_OUT'], formerSecretUntil: at }),
      anEndpoint({ id: 'gone', host: 'old.example.com', state: 'DISABLED', disabledReason: 'GONE' }),
    ),
  })
  await page.sees('Takes nothing since')
  await page.sees('The one before signs as well until')
  await page.sees('Told of Opted out')
  await page.sees('Disabled by the hub')
  await page.sees('it is gone (410)')
  expect(document.querySelector('[aria-label="Switch on old.example.com"]')).not.toBeNull()
  expect(document.querySelector('[aria-label="Send events again to old.example.com"]')).toBeNull()
})

it('tells two endpoints at one host apart', async () => {
  const another = anEndpoint({ id: 'another', secretLastFour: 'AbCd' })
  const page = open({ webhookEndpoints: listOf(anEndpoint(), another) })
  await page.heading('portal.example.com (…WxYz)')
  await page.heading('portal.example.com (…AbCd)')
})

it('sends who has no API client to where one is made, and counts no revoked one', async () => {
  const page = open({ apiClients: listOf(aClient({ revokedAt: at })) })
  await page.sees('Webhooks belong to an API client')
  const link = await page.link('Go to the API clients')
  expect(link.getAttribute('href')).toBe('/api-clients?company=acme')
  expect(asked(page, 'WebhookEndpoints')).toEqual([])
})

it('is not asked about a company that the viewer does not administer', async () => {
  const page = open({ viewer: { ...avery, memberships: [{ role: 'VIEWER', company: acme }] } })
  await page.sees('Webhooks are for the admins of a company.')
  await eventually(() => expect(asked(page, 'WebhookClients')).toEqual([]))
})

it('leaves the endpoints of a client that others rely on to who manages it', async () => {
  const page = open({
    apiClients: listOf(aClient({ isYoursToManage: false })),
    webhookEndpoints: listOf(anEndpoint({ isYoursToManage: false, url: null })),
  })
  await page.sees('only who manages it for all of them')
  await page.sees('portal.example.com')
  await page.press('Deliveries')
  await page.sees('Opted out')
  for (const verb of [
    'Add an endpoint',
    'Change',
    'New secret',
    'Pause',
    'Remove',
    'Send a test',
    'Send again',
  ])
    expect(page.hasButton(verb), verb).toBe(false)
})

it('says at the field what is wrong with an address, and shows the secret of a new endpoint this once', async () => {
  const created = { secret: 'whsec_c2VjcmV0', endpoint: anEndpoint() }
  const page = open({
    webhookEndpoints: listOf(),
    createWebhookEndpoint: () => {
      throw refusal('BAD_USER_INPUT', 'WEBHOOK_HOST_NOT_PUBLIC')
    },
  })
  await page.sees('Portal is told of nothing yet.')
  await page.press('Add an endpoint')
  await submit(page, 'Add')
  await page.sees('Give the address at which events are taken.')
  await page.fill('Address', 'https://inside.example.com')
  await submit(page, 'Add')
  await page.sees('cannot be found, or cannot be reached from the internet')
  expect((await page.field('Address')).getAttribute('aria-invalid')).toBe('true')
  page.hub.answers['createWebhookEndpoint'] = created
  await submit(page, 'Add')
  await page.sees('The secret, this once')
  expect((await page.field('Secret')).value).toBe('whsec_c2VjcmV0')
  await page.press('Close')
  await eventually(() => expect(document.querySelector('[role=alertdialog]')).toBeNull())
  expect(document.body.innerHTML).not.toContain('whsec_')
  expect(asked(page, 'CreateWebhookEndpoint').at(-1)).toEqual({
    input: { apiClientId: 'portal', url: 'https://inside.example.com', eventTypes: null },
  })
})

it('does not save an endpoint that would be told of nothing', async () => {
  const page = open({ updateWebhookEndpoint: anEndpoint({ eventTypes: ['AUTHORIZATION_OPTED_OUT'] }) })
  await page.press('Change')
  ;(await page.field('Only of these')).click()
  await submit(page, 'Save')
  await page.sees('Choose at least one of these.')
  expect(asked(page, 'UpdateWebhookEndpoint')).toEqual([])
  ;(await page.field('Opted out')).click()
  await submit(page, 'Save')
  await page.sees('The endpoint at portal.example.com was changed.')
  expect(asked(page, 'UpdateWebhookEndpoint')).toEqual([
    {
      input: {
        id: 'endpoint',
        url: 'https://portal.example.com/hub',
        eventTypes: ['AUTHORIZATION_OPTED_OUT'],
      },
    },
  ])
})

it('says why a test did not arrive', async () => {
  const page = open({
    sendTestEvent: aTest({ state: 'WAITING', attempts: 0, lastAttemptAt: null, statusCode: null }),
    webhookDeliveries: listOf(
      aTest({ state: 'WAITING', attempts: 0, lastAttemptAt: null, statusCode: null }),
    ),
  })
  await page.press('Send a test')
  await page.sees('The test is on its way')
  const refused = { state: 'GIVEN_UP', statusCode: 503, failure: 'REFUSED_BY_RECEIVER' }
  page.hub.answers['webhookDeliveries'] = listOf(aTest(refused))
  await page.sees('The test was not taken. The receiver answered 503.')
})

it('says that a test was sent a moment ago, and shows no outcome of an earlier one', async () => {
  const page = open({
    sendTestEvent: () => {
      throw refusal('RATE_LIMITED', 'WEBHOOK_TESTED_JUST_NOW')
    },
    webhookDeliveries: listOf(aTest()),
  })
  await page.press('Send a test')
  await page.sees('A test was sent just now.')
  page.doesNotSee('The test arrived')
})

it('tells when what was not taken is tried next, and sends again what was given up', async () => {
  const waiting = { id: 'waiting', state: 'WAITING', attempts: 2, statusCode: null, failure: 'TIMED_OUT' }
  const page = open({
    webhookDeliveries: listOf(
      aDelivery({ ...waiting, nextAttemptAt: '2026-05-14T09:30:00.000Z' }),
      aDelivery({ state: 'GIVEN_UP', attempts: 10, failure: 'CONNECTION_FAILED', statusCode: null }),
    ),
    replayEvents: { count: 1, hasMore: false, upTo: at },
  })
  await page.press('Deliveries')
  await page.sees('No answer in time.')
  await page.sees('Tried 2 times')
  await page.sees('14 May 2026, 09:30 UTC')
  await page.press('Send again')
  await page.sees('It is sent again.')
  expect(asked(page, 'ReplayEvents')).toEqual([
    { input: { webhookEndpointId: 'endpoint', deliveryId: 'delivery' } },
  ])
})

it('goes on where a replay has ended when there is more than is sent at a time', async () => {
  const page = open({ replayEvents: { count: 1000, hasMore: true, upTo: '2026-05-13T12:34:56.789Z' } })
  await page.press('Send events again…')
  await submit(page, 'Send again')
  await page.sees('There are more than are sent at a time.')
  page.hub.answers['replayEvents'] = { count: 1, hasMore: false, upTo: at }
  await submit(page, 'Go on')
  await page.sees('1 event is sent again.')
  expect(asked(page, 'ReplayEvents')).toEqual([
    { input: { webhookEndpointId: 'endpoint', since: '2026-05-12T21:10:00.000Z' } },
    { input: { webhookEndpointId: 'endpoint', since: '2026-05-13T12:34:56.789Z' } },
  ])
})

it('asks before it pauses, and for the password before it switches on again', async () => {
  const page = open({ updateWebhookEndpoint: anEndpoint({ state: 'PAUSED' }) })
  await page.press('Pause')
  await page.sees('It is sent nothing until it is switched on.')
  expect(asked(page, 'UpdateWebhookEndpoint')).toEqual([])
  document.querySelector<HTMLElement>('[role=alertdialog] .dialog-actions button:last-child')?.click()
  await page.sees('Events are sent again once the endpoint is switched on.')
  page.hub.answers['updateWebhookEndpoint'] = () => {
    throw refusal('FORBIDDEN', 'FRESH_AUTHENTICATION_REQUIRED')
  }
  await page.press('Switch on')
  await page.sees('Password')
  expect(asked(page, 'UpdateWebhookEndpoint')).toEqual([
    { input: { id: 'endpoint', isEnabled: false } },
    { input: { id: 'endpoint', isEnabled: true } },
  ])
})
