import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { acme, leaveForUps, optInAtUps, optInQuickly, signIn } from './visits.js'

const moment = /\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2} (AM|PM)/
const columns = ['Token Created', 'Token Expires', 'Refresh Created', 'Refresh Expires']

test('Data Management: Authorize in the Token Manager fills the Token History, and Clear dissolves it', async ({
  page,
}) => {
  await signIn(page)
  await page.goto('/applications/data-management')
  await expect(page.getByRole('heading', { level: 1, name: 'Intelligent Data Management' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Home', exact: true })).toHaveAttribute('aria-current', 'page')
  const menu = page.getByRole('navigation', { name: 'Data Management' }).getByRole('link')
  await expect(menu).toHaveText(['Home', 'Exports', 'Users', 'Groups', 'Admin'])
  await menu.filter({ hasText: 'Admin' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Token Manager' })).toBeVisible()
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application: 'UPS® Intelligent Data Management' })
  await optInAtUps(page)
  await expect(page.getByRole('heading', { name: 'A token has been generated' })).toBeVisible()

  const history = page.getByRole('table', { name: 'Token History' })
  const row = history.getByRole('row').nth(1)
  for (const [index, column] of columns.entries()) {
    await expect(history.getByRole('columnheader', { name: column, exact: true })).toBeVisible()
    await expect(row.getByRole('cell').nth(index)).toHaveText(moment)
  }
  await expect(page.getByText('1 - 1 of 1', { exact: true })).toBeVisible()
  await expect(page.getByLabel('Items per page')).toHaveValue('10')

  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('1 - 2 of 2', { exact: true })).toBeVisible()

  await page.reload()
  await expect(page.getByText('1 - 2 of 2', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await question.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Authorize', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Authorize', exact: true })).toBeVisible()
})

test('Data Management: the pager turns the pages of a long Token History', async ({ page }) => {
  await signIn(page)
  await page.goto('/applications/data-management/admin')
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application: 'UPS® Intelligent Data Management' })
  await optInAtUps(page)
  await expect(page.getByText('1 - 1 of 1', { exact: true })).toBeVisible()
  for (let tokens = 2; tokens <= 12; tokens++) {
    await page.getByRole('button', { name: 'Check now' }).click()
    await expect(page.getByText(`1 - ${Math.min(tokens, 10)} of ${tokens}`, { exact: true })).toBeVisible()
  }
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page.getByText('11 - 12 of 12', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Previous page' }).click()
  await expect(page.getByText('1 - 10 of 12', { exact: true })).toBeVisible()
  await page.getByLabel('Items per page').selectOption('25')
  await expect(page.getByText('1 - 12 of 12', { exact: true })).toBeVisible()
})

test('Data Management: Home tells how it stands, and Exports gives the histories of the selected company as files', async ({
  page,
}) => {
  await signIn(page)
  await optInQuickly(page, 'DATA_MANAGEMENT')
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  const summary = page.getByRole('region', { name: acme })
  await expect(summary).toContainText('Authorized')
  await expect(summary.getByText('Refresh Expires', { exact: true })).toBeVisible()

  await page.getByRole('navigation').getByRole('link', { name: 'Exports', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Exports', exact: true })).toBeVisible()
  await expect(page.getByLabel('Company', { exact: true })).toContainText(acme)
  expect(await download(page, 'Authorization history as CSV')).toContain(
    'DATA_MANAGEMENT,authorization.opted_in,DONE,Avery Acme',
  )
  expect(JSON.parse(await download(page, 'Token history as JSON'))).toMatchObject([
    { application: 'DATA_MANAGEMENT', generation: '1', cause: 'OPT_IN', supersededAt: null },
  ])
  await page.getByLabel('History of').selectOption('UPS® Intelligent Rating')
  expect(JSON.parse(await download(page, 'Token history as JSON'))).toEqual([])
})

async function download(page: Page, link: string): Promise<string> {
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: link }).click()
  return readFile(await (await coming).path(), 'utf8')
}
