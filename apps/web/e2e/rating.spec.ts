import type { Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { acme, leaveForUps, optInAtUps, outcome, signIn } from './visits.js'

const moment = /\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}:\d{2} (AM|PM) \+00:00/
const times = ['Issued:', 'Expires:', 'Refresh Token Issued:', 'Refresh Token Expires:']

test('Rating: Authorize Customer shows UPS API ACCESS and the Token Vault Key, until one opts out', async ({
  page,
}) => {
  await signIn(page)
  await page.goto('/applications/rating')
  await expect(page.getByRole('heading', { level: 1, name: 'Intelligent Rating' })).toBeVisible()
  await openCompanyManager(page)
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application: 'UPS® Intelligent Rating' })
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()

  const panel = page.getByRole('region', { name: 'UPS API ACCESS' })
  await expect(panel.getByText('AUTHORIZED', { exact: true })).toBeVisible()
  await expect(panel).toContainText(acme)
  const key = await readVaultKey(page)
  for (const label of times) {
    await expect(valueOf(page, label)).toHaveText(moment)
    await expect(valueOf(page, label)).toContainText('(local)')
  }

  await panel.getByRole('button', { name: 'HOME', exact: true }).click()
  await expect(page).toHaveURL(/\/applications\/rating(\?|$)/)
  await openCompanyManager(page)
  await page.reload()
  expect(await readVaultKey(page), 'the same key for ever').toBe(key)

  await panel.getByRole('button', { name: 'Opt out' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Opt out' }).click()
  await expect(page.getByRole('button', { name: 'Authorize', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Authorize', exact: true })).toBeVisible()
  await expect(page.getByText('Token Vault Key')).toBeHidden()
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  await expect(page).toHaveURL(/\/applications\/rating(\?|$)/)
})

async function openCompanyManager(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('menuitem', { name: 'Authorize Customer' }).click()
  await expect(page).toHaveURL(/\/applications\/rating\/company-manager/)
}

async function readVaultKey(page: Page): Promise<string | undefined> {
  const guid = /[0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12}/
  await expect(valueOf(page, 'Token Vault Key')).toHaveText(guid)
  return guid.exec((await valueOf(page, 'Token Vault Key').textContent()) ?? '')?.[0]
}

/** What stands beside a label in a list of facts. */
function valueOf(page: Page, label: string) {
  return page.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::dd[1]')
}
