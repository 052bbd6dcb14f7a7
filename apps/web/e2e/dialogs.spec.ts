import type { Page } from '@playwright/test'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility.js'
import { expect, test } from './rehearsal.js'
import { optInQuickly, signIn } from './visits.js'

test('menus and dialogs have no fault for axe either, and fit a telephone', async ({ page }) => {
  test.slow()
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByRole('menuitem', { name: 'Authorize Customer' })).toBeVisible()
  await lookOver(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Before you go to UPS.com' })).toBeVisible()
  await lookOver(page)
  await page.getByRole('button', { name: 'Continue to UPS.com' }).scrollIntoViewIfNeeded()
  await expect(page.getByRole('button', { name: 'Continue to UPS.com' })).toBeInViewport()

  await page.goto('/applications/pickup-manager/settings')
  await page.getByRole('button', { name: 'API', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'UPS API' })).toBeVisible()
  await lookOver(page)

  await optInQuickly(page, 'PICKUP_MANAGER')
  await expect(page.getByRole('dialog', { name: 'Success' })).toBeVisible()
  await lookOver(page)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('button', { name: 'API', exact: true }).click()
  await expect(page.getByRole('button', { name: 'OPT-OUT' })).toBeVisible()
  await lookOver(page)
  await page.getByRole('button', { name: 'OPT-OUT' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await lookOver(page)
})

async function lookOver(page: Page): Promise<void> {
  await expectNoViolations(page)
  await expectNoSidewaysScroll(page)
}
