import { expect, test } from './rehearsal.js'
import { acme, leaveForUps, optInAtUps, outcome, signIn } from './visits.js'

const guideDate =
  /\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}/

test('Consumer Returns: Admin leads to the card, AUTHENTICATE authorizes, and the same card opts out', async ({
  page,
}) => {
  await signIn(page)
  await page.goto('/applications/consumer-returns')
  await expect(page.getByRole('heading', { level: 1, name: 'Intelligent Consumer Returns' })).toBeVisible()
  await page.getByRole('link', { name: 'Admin', exact: true }).click()

  const card = page.getByRole('article', { name: acme })
  await expect(card.getByRole('heading', { name: 'UPS API License Key', exact: true })).toBeVisible()
  await expect(card.getByRole('heading', { name: 'oAuth Authentication', exact: true })).toBeVisible()
  const half = card.getByRole('region', { name: 'oAuth Authentication' })
  const status = half.locator('dt', { hasText: /^Status$/ }).locator('xpath=following-sibling::dd[1]')
  await expect(status).toHaveText('Not authenticated.')
  await card.getByRole('button', { name: 'AUTHENTICATE', exact: true }).click()
  await leaveForUps(page, { application: 'UPS® Intelligent Consumer Returns' })
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
  await expect(status).toHaveText('Authenticated.')
  await expect(card).toContainText(guideDate)

  await page.reload()
  await expect(status).toHaveText('Authenticated.')
  await expect(card.getByRole('button', { name: 'AUTHENTICATE', exact: true })).toBeHidden()
  await card.getByRole('button', { name: 'Opt out' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Opt out' }).click()
  await expect(status).toHaveText('Not authenticated.')
  await page.reload()
  await expect(status).toHaveText('Not authenticated.')
  await expect(card.getByRole('button', { name: 'AUTHENTICATE', exact: true })).toBeVisible()
})

test('Consumer Returns: a solution admin sees a company only once it has authorized, its own admin always', async ({
  page,
  elsewhere,
}) => {
  await elsewhere.goto('/')
  await signIn(elsewhere, 'solution.admin')
  await elsewhere.goto('/applications/consumer-returns/admin')
  await expect(elsewhere.getByText('2 more companies have not authorized yet')).toBeVisible()
  await expect(elsewhere.getByRole('article')).toHaveCount(0)

  await signIn(page)
  await page.goto('/applications/consumer-returns/admin')
  await page.getByRole('button', { name: 'AUTHENTICATE', exact: true }).click()
  await leaveForUps(page, { application: 'UPS® Intelligent Consumer Returns' })
  await optInAtUps(page)
  await expect(page.getByRole('article', { name: acme })).toContainText('Authenticated.')

  await elsewhere.reload()
  await expect(elsewhere.getByRole('article')).toHaveCount(1)
  await expect(elsewhere.getByRole('article', { name: acme })).toContainText('Authenticated.')
  await expect(elsewhere.getByRole('button', { name: 'Opt out' })).toBeHidden()
})
