import type { Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { acme, leaveForUps, optInAtUps, signIn } from './visits.js'

test('Pickup Manager: Settings, API and OAuth opt in with Success, and OPT-OUT asks and ends it', async ({
  page,
}) => {
  await signIn(page)
  await page.goto('/applications/pickup-manager')
  await expect(page.getByRole('heading', { level: 1, name: 'Intelligent Pickup Manager' })).toBeVisible()
  await page.getByRole('button', { name: 'Manage' }).click()
  await page.getByRole('menuitem', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings', exact: true })).toBeVisible()

  const dialog = await openUpsApi(page)
  await expect(dialog.getByText(`Company: ${acme}`, { exact: true })).toBeVisible()
  await expect(dialog.getByText('Credentials', { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await openUpsApi(page)
  await dialog.getByRole('button', { name: 'OAuth', exact: true }).click()
  await leaveForUps(page, { application: 'UPS® Intelligent Pickup Manager' })
  await optInAtUps(page)
  await closeSuccess(page, 'Successfully Opted-In to UPS Online Tools (OAuth)')

  await page.reload()
  await openUpsApi(page)
  await expect(dialog.getByText('Authenticated', { exact: true })).toBeVisible()
  await expect(dialog.getByText(/has been authenticated/)).toBeVisible()
  await dialog.getByRole('button', { name: 'OPT-OUT', exact: true }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Are you sure you want to opt out of UPS Online Tools (OAuth)?')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await openUpsApi(page)
  await dialog.getByRole('button', { name: 'OPT-OUT', exact: true }).click()
  await question.getByRole('button', { name: 'OK', exact: true }).click()
  await closeSuccess(page, 'Successfully Opted-Out of UPS Online Tools (OAuth)')

  await page.reload()
  await openUpsApi(page)
  await expect(dialog.getByRole('button', { name: 'OAuth', exact: true })).toBeVisible()
})

async function openUpsApi(page: Page) {
  await page.getByRole('radio', { name: acme }).check()
  await page.getByRole('button', { name: 'API', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'UPS API', exact: true })
  await expect(dialog).toBeVisible()
  return dialog
}

async function closeSuccess(page: Page, sentence: string): Promise<void> {
  const success = page.getByRole('dialog', { name: 'Success', exact: true })
  await expect(success.getByText(sentence, { exact: true })).toBeVisible()
  await success.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(success).toBeHidden()
}
