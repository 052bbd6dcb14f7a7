import { expect, test } from './rehearsal.js'
import { checkNow, optInQuickly, signIn } from './visits.js'

test('an admin begins at the overview, sees what needs a hand first, and narrows it by the address', async ({
  page,
  world,
}) => {
  await signIn(page)
  await expect(page).toHaveURL(/\/overview$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await optInQuickly(page, 'RATING')
  await page.goto('/overview')
  const matrix = page.getByRole('table', { name: 'Companies and their authorizations' })
  const acme = matrix.getByRole('row', { name: /Acme Outfitters/ })
  await expect(acme.getByRole('link', { name: /^Authorized Acme Outfitters, Rating/ })).toContainText(
    '59 days left',
  )
  await expect(page.getByText('Nothing needs a hand')).toBeVisible()
  await expect(
    acme.getByRole('link', { name: /^Not authorized Acme Outfitters, Pickup Manager/ }),
  ).toBeVisible()

  await world.ups.password({ username: 'acme', password: 'another-ups-password' })
  await checkNow(page, 'RATING')
  await page.reload()
  const refused = page
    .getByRole('navigation', { name: 'Show only' })
    .getByRole('link', { name: /^Opt in again/ })
  await expect(refused).toHaveText(/1$/)
  await refused.click()
  await expect(page).toHaveURL(/standing=REAUTHORIZATION_REQUIRED/)
  await expect(acme.getByRole('link', { name: /^Opt in again Acme Outfitters, Rating/ })).toBeVisible()
  await page.getByLabel('Application', { exact: true }).selectOption('Pickup Manager')
  await expect(page.getByText('No company fits.')).toBeVisible()
  await page.goBack()
  await expect(acme).toBeVisible()
  await page.getByLabel('Find a company by name').fill('nobody')
  await expect(page.getByText('No company fits.')).toBeVisible()
  await page.getByRole('link', { name: 'Show all companies' }).click()
  await expect(acme).toBeVisible()
})

test('one authorization has a page that says what to do, draws its past to scale, and moves by keyboard', async ({
  page,
  world,
}) => {
  await signIn(page)
  await optInQuickly(page, 'RATING')
  await world.ups.password({ username: 'acme', password: 'another-ups-password' })
  await checkNow(page, 'RATING')
  await page.goto('/overview')
  await page.getByRole('link', { name: /^Opt in again Acme Outfitters, Rating/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Acme Outfitters: Rating' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'It does not work: opt in again' })).toBeVisible()

  const timeline = page.getByRole('group', { name: /^Timeline\./ })
  await expect(page.getByText('1 token set, 1 gap.')).toBeVisible()
  await expect(timeline.getByText('UPS refused it,')).toBeAttached()
  await timeline.focus()
  const range = page.getByText(/^1 token set/)
  const whole = await range.textContent()
  await page.keyboard.press('-')
  await expect(range).toHaveText(whole ?? '')
  await page
    .getByRole('table', { name: 'Token sets, newest first' })
    .getByRole('row', { name: /Opt-in/ })
    .waitFor()
  const records = page.getByRole('table', { name: 'Records of the audit trail, newest first' })
  await expect(records.getByRole('row', { name: /Opted in.*Avery Acme/ })).toBeVisible()

  await page.getByRole('link', { name: 'Opt in again at UPS® Intelligent Rating' }).click()
  await expect(page.getByRole('button', { name: 'Opt in again' })).toBeVisible()
})

test('the figures are drawn by a library that is loaded there, and told in words and tables', async ({
  page,
}) => {
  const scripts: string[] = []
  page.on('request', (request) => scripts.push(request.url()))
  const isLibrary = (url: string) => /\/uPlot[^/]*\.js$/.test(url)
  await signIn(page)
  await optInQuickly(page, 'RATING')
  await page.goto('/overview')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  expect(scripts.filter(isLibrary)).toEqual([])

  await page.goto('/figures')
  const plot = page.getByRole('img', { name: /^Authorizations by state/ })
  await expect(plot).toHaveAccessibleName(/Today 1 stands, and 0 need a new opt-in\./)
  await expect(plot.locator('canvas')).toBeVisible()
  expect(scripts.filter(isLibrary)).not.toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(async () => (await plot.locator('canvas').boundingBox())?.width).toBeLessThan(390)
  await page.getByRole('button', { name: 'The same as a table' }).first().click()
  const table = page.getByRole('table', { name: /^Authorizations by state/ })
  await expect(table.getByRole('row').last()).toContainText('1')
})

test('a solution admin is told how many companies have not authorized, and not which', async ({ page }) => {
  await signIn(page, 'solution.admin')
  await expect(page.getByText('2 companies have not authorized yet.')).toBeVisible()
  await expect(page.getByText('Acme Outfitters')).toBeHidden()
})
