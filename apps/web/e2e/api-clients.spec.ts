import type { Page } from '@playwright/test'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility.js'
import { expect, test } from './rehearsal.js'
import { askHub, chooseFromMenu, companyId, optInQuickly, signIn } from './visits.js'

/** As the third party would: without cookies, with the key alone. */
async function tokenBy(page: Page, key: string, vaultKey: string): Promise<number> {
  const address = new URL(`/v1/tokens/${vaultKey}/access-token`, page.url())
  return (await fetch(address, { headers: { authorization: `Bearer ${key}` } })).status
}

async function vaultKeyOf(page: Page): Promise<string> {
  const { authorization } = await askHub<{ authorization: { vaultKey: string } }>(
    page,
    'query ($companyId: ID!) { authorization(companyId: $companyId, application: RATING) { vaultKey } }',
    { companyId: await companyId(page) },
  )
  return authorization.vaultKey
}

async function shownKey(page: Page): Promise<string> {
  const dialog = page.getByRole('alertdialog', { name: 'The key, this once' })
  await expect(dialog).toContainText('Portal')
  const key = await dialog.getByLabel('API key').inputValue()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(dialog).toBeHidden()
  expect(await page.content()).not.toContain(key)
  return key
}

test('a client is created with what it may do, paused, given a new key, and revoked', async ({ page }) => {
  await signIn(page)
  await optInQuickly(page, 'RATING')
  const vaultKey = await vaultKeyOf(page)
  await chooseFromMenu(page, 'Hub', 'API clients')
  await expect(page.getByRole('heading', { level: 1, name: 'API clients' })).toBeVisible()
  await expect(page.getByText('This company lets no API client do anything.')).toBeVisible()

  await page.getByRole('button', { name: 'Create an API client' }).click()
  const creating = page.getByRole('dialog', { name: 'Create an API client' })
  await creating.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(creating.getByText('Give the API client a name.')).toBeVisible()
  await creating.getByLabel('Name').fill('Portal')
  await creating.getByRole('checkbox', { name: 'Take access tokens' }).check()
  await creating.getByRole('checkbox', { name: 'UPS® Intelligent Rating' }).check()
  await creating.getByLabel('Network addresses').fill('127.0.0.0/33')
  await creating.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(creating.getByText('One of the lines is no network address')).toBeVisible()
  await creating.getByLabel('Network addresses').fill('127.0.0.0/8\n::1')
  await expectNoViolations(page)
  await creating.getByRole('button', { name: 'Create', exact: true }).click()
  const first = await shownKey(page)
  const card = page.getByRole('region', { name: 'Portal' })
  await expect(card).toContainText('See how it stands, Take access tokens')
  await expect(card).toContainText('127.0.0.0/8, ::1')
  expect(await tokenBy(page, first, vaultKey)).toBe(200)
  await expectNoViolations(page)
  await expectNoSidewaysScroll(page)

  await card.getByRole('button', { name: 'Pause Portal' }).click()
  const pausing = page.getByRole('alertdialog', { name: 'Pause Portal?' })
  await pausing.getByRole('button', { name: 'Pause' }).click()
  await expect(card.getByText('Paused')).toBeVisible()
  expect(await tokenBy(page, first, vaultKey)).toBe(403)
  await card.getByRole('button', { name: 'Resume Portal' }).click()
  await expect(card.getByText('Active')).toBeVisible()

  await card.getByRole('button', { name: 'New key for Portal' }).click()
  const rotating = page.getByRole('dialog', { name: 'New key for Portal' })
  await rotating.getByRole('button', { name: 'Make a new key' }).click()
  const second = await shownKey(page)
  await expect(card.getByText('Works until')).toBeVisible()
  expect([await tokenBy(page, first, vaultKey), await tokenBy(page, second, vaultKey)]).toEqual([200, 200])

  await card.getByRole('button', { name: 'Revoke Portal' }).click()
  const revoking = page.getByRole('alertdialog', { name: 'Revoke Portal?' })
  await revoking.getByRole('button', { name: 'Revoke' }).click()
  await expect(card.getByText('Revoked', { exact: true })).toBeVisible()
  expect(await tokenBy(page, second, vaultKey)).toBe(401)
})
