import type { Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { chooseFromMenu, optInQuickly, signIn } from './visits.js'

async function openFromMenu(page: Page, item: string): Promise<void> {
  await chooseFromMenu(page, 'Hub', item)
  await expect(page.getByRole('heading', { level: 1, name: item })).toBeVisible()
}

test('a company is created, enrolled, renamed, withdrawn and removed', async ({ page }) => {
  await signIn(page)
  await openFromMenu(page, 'Companies')
  await page.getByRole('button', { name: 'Create a company' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create a company' })
  await dialog.getByLabel('Name').fill('Zeta Ltd')
  await dialog.getByLabel('Account Executive', { exact: true }).fill('Kim Lee')
  await dialog.getByLabel('Contact').fill('kim.lee@example.com')
  await dialog.getByRole('checkbox', { name: 'UPS® Intelligent Rating' }).check()
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Zeta Ltd' })).toBeVisible()
  await expect(page.getByText('Not authorized')).toHaveCount(1)
  await page.getByRole('button', { name: 'Enrol in UPS® Intelligent Pickup Manager' }).click()
  await expect(page.getByText('Not authorized')).toHaveCount(2)

  await page.getByLabel('Name', { exact: true }).fill('Zenith Ltd')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Zenith Ltd' })).toBeVisible()

  await page.getByRole('button', { name: 'Withdraw from UPS® Intelligent Rating' }).click()
  const question = page.getByRole('alertdialog', { name: 'Withdraw from UPS® Intelligent Rating?' })
  await question.getByRole('button', { name: 'Withdraw' }).click()
  await expect(page.getByText('Not authorized')).toHaveCount(1)

  await page.getByRole('button', { name: 'Remove the company' }).click()
  const removal = page.getByRole('alertdialog', { name: 'Remove Zenith Ltd?' })
  await removal.getByRole('button', { name: 'Remove the company' }).click()
  await expect(removal.getByText('This is not the name of the company.')).toBeVisible()
  await removal.getByLabel('To confirm, type the name').fill('Zenith Ltd')
  await removal.getByRole('button', { name: 'Remove the company' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Companies' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Acme Outfitters' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Zenith Ltd' })).toHaveCount(0)
})

const csv = (text: string) => ({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

test('an import is rehearsed, mended by what it says of each line, and done', async ({ page, elsewhere }) => {
  await signIn(page, 'solution.admin')
  await openFromMenu(page, 'Import companies')
  await page
    .getByLabel('CSV file')
    .setInputFiles(csv('company,applications\nZeta,tracking\n=SUM(A1),\nEta,rating\n'))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByRole('heading', { name: '2 things are wrong with the file' })).toBeVisible()
  await expect(page.getByRole('row', { name: /^2 applications "tracking" is none/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^3 company begins like a formula/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0)

  const mended = csv('company,applications\nZeta,rating; pickup-manager\nEta,rating\n')
  await page.getByLabel('CSV file').setInputFiles(mended)
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByText('It holds 2 companies, 3 enrolments. Nothing has been imported')).toBeVisible()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('Imported: 2 companies, 3 enrolments.')).toBeVisible()

  await page.getByLabel('CSV file').setInputFiles(mended)
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByText('This very file was imported before')).toBeVisible()

  // Until they authorize they are a number to who imported them, whatever others have authorized.
  await openFromMenu(page, 'Companies')
  await expect(page.getByText('4 more companies have not authorized yet.')).toBeVisible()
  await signIn(elsewhere)
  await optInQuickly(elsewhere, 'RATING')
  await page.reload()
  await expect(page.getByRole('link', { name: 'Acme Outfitters' })).toBeVisible()
  await expect(page.getByText('3 more companies have not authorized yet.')).toBeVisible()
})
