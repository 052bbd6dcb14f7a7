import { expect, test } from './rehearsal.js'
import { acme, companyId, signIn } from './visits.js'

const exportsPath = '/applications/data-management/exports'

test('pages say what to do when there is nothing to show, and a session that runs out leads back to its page', async ({
  page,
  world,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn(page)
  await page.goto('/no/such/page')
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such page' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to the applications' }).click()
  await expect(page).toHaveURL('/')

  let letThrough = () => {}
  const held = new Promise<void>((done) => (letThrough = done))
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query Companies(')) await held
    await route.continue()
  })
  const path = `${exportsPath}?company=${await companyId(page)}`
  await page.goto(path)
  await expect(page.getByRole('status').filter({ hasText: 'Loading the companies…' })).toBeVisible()
  const seconds = await page.evaluate(() => parseFloat(getComputedStyle(document.body).animationDuration))
  expect(seconds, 'no motion for who would rather have none').toBeLessThan(0.001)
  letThrough()
  await expect(page.getByRole('heading', { name: acme })).toBeVisible()
  await page.unroute('**/graphql')

  await world.advanceHubClock(13 * 3600_000)
  await page.getByLabel('History of').focus()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(page.getByText('Your session has ended. Sign in to go on where you were.')).toBeVisible()
  await signIn(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Exports' })).toBeFocused()
  await expect(page).toHaveURL(path)

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'SIGN IN' })).toBeVisible()
  await signIn(page, 'solution.admin')
  await page.goto('/applications/rating/company-manager')
  await expect(page.getByText('2 more companies have not authorized yet')).toBeVisible()
})
