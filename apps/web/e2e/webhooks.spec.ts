import type { Locator, Page } from '@playwright/test'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility.js'
import { Receiver } from './receiver.js'
import { expect, test as base } from './rehearsal.js'
import { askHub, chooseFromMenu, companyId, optInQuickly, signIn } from './visits.js'

const test = base.extend<{ receiver: Receiver }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
  receiver: async ({}, use) => {
    const receiver = await Receiver.start()
    await use(receiver)
    await receiver.stop()
  },
})

async function createClient(page: Page): Promise<void> {
  await askHub(page, 'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { key } }', {
    input: {
      name: 'Portal',
      companyIds: [await companyId(page)],
      applications: ['RATING'],
      scopes: ['STATUS_READ'],
    },
  })
}

async function optOut(page: Page): Promise<void> {
  const input = { companyId: await companyId(page), application: 'RATING' }
  await askHub(page, 'mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', { input })
}

async function shownSecret(page: Page): Promise<string> {
  const dialog = page.getByRole('alertdialog', { name: 'The secret, this once' })
  const secret = await dialog.getByLabel('Secret').inputValue()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(dialog).toBeHidden()
  expect(await page.content()).not.toContain(secret)
  return secret
}

async function openWebhooks(page: Page): Promise<void> {
  await chooseFromMenu(page, 'Hub', 'Webhooks')
  await expect(page.getByRole('heading', { level: 1, name: 'Webhooks' })).toBeVisible()
}

async function add(page: Page, url: string): Promise<string> {
  const button = page.getByRole('button', { name: 'Add an endpoint' })
  await button.click()
  const adding = page.getByRole('dialog', { name: 'Add an endpoint' })
  await adding.getByLabel('Address').fill(url)
  await adding.getByRole('button', { name: 'Add', exact: true }).click()
  const secret = await shownSecret(page)
  await expect(button).toBeFocused()
  return secret
}

const cardOf = (page: Page, receiver: Receiver): Locator =>
  page.getByRole('region', { name: new URL(receiver.url).host, exact: true })

const deliveryOf = (card: Locator, event: string): Locator =>
  card
    .getByRole('list', { name: /^What was sent to/ })
    .getByRole('listitem')
    .filter({ hasText: event })

test('an endpoint is added, tested, told of an opt-out with a signature that verifies, and given a new secret', async ({
  page,
  world,
  receiver,
}) => {
  test.slow()
  await signIn(page)
  await optInQuickly(page, 'RATING')
  await openWebhooks(page)
  await expect(page.getByText('Webhooks belong to an API client')).toBeVisible()
  await createClient(page)
  await page.reload()
  await expect(page.getByText('Portal is told of nothing yet.')).toBeVisible()

  await page.getByRole('button', { name: 'Add an endpoint' }).click()
  const adding = page.getByRole('dialog', { name: 'Add an endpoint' })
  await adding.getByLabel('Address').fill('ftp://portal.example.com')
  await adding.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(adding.getByText('Give an address that begins with https://')).toBeVisible()
  await expect(adding.getByLabel('Address')).toBeFocused()
  await adding.getByLabel('Only of these').check()
  await expectNoViolations(page)
  await adding.getByRole('button', { name: 'Cancel' }).click()
  const first = await add(page, receiver.url)
  world.expectNowhere(first)

  const card = cardOf(page, receiver)
  await card.getByRole('button', { name: 'Send a test' }).click()
  await expect(card.getByText('The test arrived: the receiver answered 204.')).toBeVisible()
  expect(await receiver.takes('webhook.test', first)).toMatchObject({ type: 'webhook.test' })

  await optOut(page)
  expect(await receiver.takes('authorization.opted_out', first)).toMatchObject({
    data: { application: 'RATING', companyId: await companyId(page) },
  })
  await card.getByRole('button', { name: 'Deliveries' }).click()
  await expect(deliveryOf(card, 'Opted out')).toContainText('Delivered')
  await expectNoViolations(page)
  await expectNoSidewaysScroll(page)

  const rotate = card.getByRole('button', { name: /^New secret for/ })
  await rotate.click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'New secret' }).click()
  await expect(page.getByRole('alertdialog', { name: 'The secret, this once' })).toBeVisible()
  await expectNoViolations(page)
  const second = await shownSecret(page)
  world.expectNowhere(second)
  await expect(rotate).toBeFocused()
  expect(second).not.toBe(first)
  await expect(card.getByText('The one before signs as well until')).toBeVisible()
  for (const secret of [first, second]) {
    await card.getByRole('button', { name: 'Send again: Opted out, Acme Outfitters' }).first().click()
    await receiver.takes('authorization.opted_out', secret)
  }

  await card.getByRole('button', { name: /^Remove/ }).click()
  const removing = page.getByRole('alertdialog')
  await removing.getByRole('button', { name: 'Remove' }).click()
  await expect(card).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: 'Webhooks' })).toBeFocused()
})

test('an endpoint that fails shows when it is tried again, and one that is gone is disabled until it is switched on', async ({
  page,
  world,
  receiver,
}) => {
  test.slow()
  await signIn(page)
  await createClient(page)
  await openWebhooks(page)
  await add(page, receiver.url)
  const card = cardOf(page, receiver)
  await card.getByRole('button', { name: 'Deliveries' }).click()
  await expect(card.getByText('Nothing was sent yet.')).toBeVisible()

  const path = page.url()
  receiver.status = 500
  await optInQuickly(page, 'RATING')
  await page.goto(path)
  await card.getByRole('button', { name: 'Deliveries' }).click()
  const delivery = deliveryOf(card, 'Opted in')
  await expect(delivery).toContainText('Waiting')
  await expect(delivery).toContainText('The receiver answered 500.')
  await expect(delivery).toContainText('Tried 2 times', { timeout: 20_000 })
  await expect(delivery).toContainText(/Next attempt .* UTC/)
  await expect(card.getByText('Takes nothing since')).toBeVisible()
  await expectNoViolations(page)

  receiver.status = 410
  await world.advanceHubClock(11 * 60_000)
  await expect(card.getByText('Disabled by the hub')).toBeVisible({ timeout: 20_000 })
  await expect(card.getByText('it is gone (410)')).toBeVisible()
  await expect(delivery).toContainText('Given up')

  receiver.status = 204
  await card.getByRole('button', { name: /^Switch on/ }).click()
  const password = page.getByRole('dialog').getByLabel('Password')
  await password.fill('opt-in-hub-demo')
  await password.press('Enter')
  await expect(card.getByText('On', { exact: true })).toBeVisible()
  await expect(card.getByRole('button', { name: /^Pause/ })).toBeFocused()
  await card.getByRole('button', { name: /^Send events again to/ }).click()
  const replaying = page.getByRole('dialog', { name: /^Send events again to/ })
  await expectNoViolations(page)
  await replaying.getByRole('button', { name: 'Send again' }).click()
  await expect(replaying).toBeHidden()
  await expect(deliveryOf(card, 'Opted in').filter({ hasText: 'Delivered' })).toBeVisible()
})
