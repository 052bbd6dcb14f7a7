import { expectUsable } from './accessibility.js'
import { expect, test } from './rehearsal.js'
import { optInQuickly, signIn } from './visits.js'

test('menus and dialogs have no fault for axe either, and fit a telephone', async ({ page }) => {
  test.slow()
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByRole('menuitem', { name: 'Authorize Customer' })).toBeVisible()
  await expectUsable(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Before you go to UPS.com' })).toBeVisible()
  await expectUsable(page)
  await page.getByRole('button', { name: 'Continue to UPS.com' }).scrollIntoViewIfNeeded()
  await expect(page.getByRole('button', { name: 'Continue to UPS.com' })).toBeInViewport()

  await page.goto('/applications/pickup-manager/settings')
  await page.getByRole('button', { name: 'API', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'UPS API' })).toBeVisible()
  await expectUsable(page)

  await optInQuickly(page, 'PICKUP_MANAGER')
  await expect(page.getByRole('dialog', { name: 'Success' })).toBeVisible()
  await expectUsable(page)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('button', { name: 'API', exact: true }).click()
  await expect(page.getByRole('button', { name: 'OPT-OUT' })).toBeVisible()
  await expectUsable(page)
  await page.getByRole('button', { name: 'OPT-OUT' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectUsable(page)
})
