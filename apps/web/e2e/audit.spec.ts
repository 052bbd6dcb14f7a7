import { expect, test } from './rehearsal.js'
import { chooseFromMenu, optInQuickly, signIn } from './visits.js'

test('the audit trail tells an admin who did what, narrows by the address, and can be downloaded', async ({
  page,
}) => {
  await signIn(page)
  await optInQuickly(page, 'RATING')
  await page.goto('/')
  await chooseFromMenu(page, 'Hub', 'Audit trail')
  await expect(page.getByRole('heading', { level: 1, name: 'Audit trail' })).toBeVisible()

  const records = page.getByRole('table', { name: 'Records' })
  const optedIn = records.getByRole('row', { name: /Opted in/ })
  await expect(optedIn).toHaveCount(1)
  await expect(optedIn).toContainText('Avery Acme')
  await expect(optedIn).toContainText('Acme Outfitters')
  await expect(optedIn).toContainText('127.0.0.1')
  await expect(records.getByRole('row', { name: /Signed in/ })).toHaveCount(1)

  await page.getByLabel('What', { exact: true }).selectOption('Opted in')
  await expect(page).toHaveURL(/event=AUTHORIZATION_OPTED_IN/)
  await expect(page.getByText('1 record', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByText('1 record', { exact: true })).toBeVisible()
  await expect(page.getByLabel('What', { exact: true })).toHaveValue('AUTHORIZATION_OPTED_IN')

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/)

  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect(records.getByRole('row', { name: /Downloaded the audit trail/ })).toHaveCount(1)
  await page.goBack()
  await expect(page.getByText('1 record', { exact: true })).toBeVisible()
})

test('an older page of the audit trail has an address of its own', async ({ page }) => {
  await signIn(page)
  for (let count = 0; count < 26; count++) await page.request.get('/exports/audit.json')
  await page.goto('/audit-trail')
  await page.getByRole('button', { name: 'Older records' }).click()
  await expect(page).toHaveURL(/after=/)
  await expect(page.getByRole('row', { name: /Signed in/ })).toBeVisible()
  await page.getByRole('button', { name: 'Back to the newest' }).click()
  await expect(page).not.toHaveURL(/after=/)
  await expect(page.getByRole('button', { name: 'Older records' })).toBeVisible()
})
