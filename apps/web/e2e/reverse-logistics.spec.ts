import { expect, test } from './rehearsal.js'
import { acme, leaveForUps, optInAtUps, signIn } from './visits.js'

const questions = [
  'WHAT IS OAUTH 2.0?',
  'WHY HAS UPS ADOPTED THE OAUTH STANDARD?',
  'WHAT IF I HAVE A LOT OF SHIPPER ACCOUNTS?',
]

test('Reverse Logistics: Opt-In becomes Authorized, and a click on Authorized asks and opts out', async ({
  page,
}) => {
  await signIn(page)
  await page.goto('/applications/reverse-logistics')
  const menu = page.getByRole('region', { name: 'Administration' })
  await expect(menu).toContainText('acme.admin')
  await expect(menu).toContainText(acme)
  await menu.getByRole('button', { name: 'Opt-In', exact: true }).click()
  await leaveForUps(page, { application: 'UPS® Intelligent Reverse Logistics' })
  await optInAtUps(page)
  await expect(
    page.getByRole('heading', { name: 'Your company has authorized Intelligent Reverse Logistics.' }),
  ).toBeVisible()
  await expect(menu.getByRole('button', { name: 'Opt-In', exact: true })).toBeHidden()

  await page.reload()
  await menu.getByRole('button', { name: 'Authorized', exact: true }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await menu.getByRole('button', { name: 'Authorized', exact: true }).click()
  await question.getByRole('button', { name: 'Opt out' }).click()
  await expect(menu.getByRole('button', { name: 'Opt-In', exact: true })).toBeVisible()
  await page.reload()
  await expect(menu.getByRole('button', { name: 'Opt-In', exact: true })).toBeVisible()
})

test('Reverse Logistics: the three questions open and close', async ({ page }) => {
  await signIn(page)
  await page.goto('/applications/reverse-logistics')
  await expect(page.getByRole('heading', { level: 1, name: 'Intelligent Reverse Logistics' })).toBeVisible()
  const faq = page.getByRole('region', { name: 'FAQ', exact: true })
  for (const title of questions) {
    const question = faq.getByRole('button', { name: title, exact: true })
    await expect(question).toHaveAttribute('aria-expanded', 'false')
    await question.click()
    await expect(question).toHaveAttribute('aria-expanded', 'true')
    const answer = page.locator(`[id="${await question.getAttribute('aria-controls')}"]`)
    await expect(answer).toBeVisible()
    await question.click()
    await expect(answer).toBeHidden()
  }
})
