import { expect, test } from './rehearsal.js'
import { acme, leaveForUps, optInAtUps, outcome, signIn } from './visits.js'

const hours = 3600_000

test('a session that has run out leads to sign-in and, signed in again, back to the same page', async ({
  page,
  world,
}) => {
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await expect(page.getByRole('button', { name: 'Authorize', exact: true })).toBeVisible()
  await world.advanceHubClock(13 * hours)
  await page.reload()
  await expect(page.getByRole('button', { name: 'SIGN IN' })).toBeVisible()
  await signIn(page)
  await expect(page).toHaveURL(/\/applications\/rating\/company-manager/)
  await expect(page.getByRole('button', { name: 'Authorize', exact: true })).toBeVisible()
})

test('a session that ends while one is at UPS.com is told, and nothing was attached', async ({
  page,
  world,
}) => {
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application: 'UPS® Intelligent Rating' })
  await page.context().clearCookies({ domain: 'localhost' })
  await optInAtUps(page)
  await expect(page).toHaveURL(/\/opt-in\/signed-out$/)
  await page.getByRole('link', { name: 'Go to sign-in' }).click()
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application: 'UPS® Intelligent Rating' })
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
  const { rows } = await world.ups.ledger()
  expect(rows.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1)
})

test('signing out leaves nothing of the one for the other', async ({ page }) => {
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await expect(page.getByText(acme).last()).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'SIGN IN' })).toBeVisible()
  await signIn(page, 'demo.admin')
  await page.goto('/applications/rating/company-manager')
  await expect(page.getByText('Demonstration Company').last()).toBeVisible()
  await expect(page.getByText(acme)).toHaveCount(0)
  await page.goBack()
  await expect(page.getByText(acme)).toHaveCount(0)
})

test('a return path of another site is not followed after sign-in', async ({ page, world }) => {
  for (const elsewhere of ['https://example.com/', '//example.com', '/\\example.com']) {
    await page.goto(`/sign-in?returnPath=${encodeURIComponent(elsewhere)}`)
    await signIn(page)
    expect(new URL(page.url()).origin).toBe(world.url)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('button', { name: 'SIGN IN' })).toBeVisible()
  }
})
