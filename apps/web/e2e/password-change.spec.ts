import { expect, test } from './rehearsal.js'
import { leaveForUps, optInAtUps, outcome, signIn } from './visits.js'

const application = 'UPS® Intelligent Rating'

test('a changed UPS.com password is noticed, told with since when and by whom, and mended by one click', async ({
  page,
  world,
}) => {
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application, note: 'the profile of the shipping desk' })
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()

  // The password is changed where a person changes it: on the account page of UPS.com.
  const account = await page.context().newPage()
  await account.goto(`${world.upsUrls[1]}/account`)
  await account.getByLabel('Email or Username').fill('acme')
  await account.getByLabel('Password').fill('ups-demo')
  await account.getByRole('button', { name: 'Log In' }).click()
  await account.getByLabel('Current password').fill('ups-demo')
  await account.getByLabel('New password').fill('another-ups-password')
  await account.getByRole('button', { name: 'Change password' }).click()
  await expect(account.getByRole('status')).toBeVisible()
  await account.close()

  await page.getByRole('button', { name: 'Check now' }).click()
  const notice = page.getByRole('status').filter({ has: page.getByRole('heading', { name: 'Opt in again' }) })
  await expect(notice).toContainText('password was changed')
  await expect(notice).toContainText(/Since\s*\d{1,2}/)
  await expect(notice).toContainText(/Had opted in\s*\S/)
  await expect(notice).toContainText('the profile of the shipping desk')

  await page.reload()
  await page.getByRole('button', { name: 'Opt in again' }).click()
  await optInAtUps(page, { username: 'acme', password: 'another-ups-password' })
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
  await expect(page.getByText('the profile of the shipping desk')).toBeVisible()
})

test('the hub notices by itself, when the next refresh is due', async ({ page, world }) => {
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application })
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
  await world.ups.password({ username: 'acme', password: 'another-ups-password' })
  await world.advanceBothClocks(45 * 24 * 3600_000)
  await page.goto('/')
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await expect(page.getByRole('button', { name: 'Opt in again' })).toBeVisible({ timeout: 40_000 })
})

test('while UPS.com is down, an authorization stands and the page says since when', async ({
  page,
  world,
}) => {
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application })
  await optInAtUps(page)
  await world.ups.faults({ endpoint: 'refresh', kind: 'status', status: 503 })
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('The authorization still stands')).toBeVisible()
  await page.reload()
  await expect(page.getByText('The authorization still stands')).toBeVisible()
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('The authorization still stands')).toBeHidden()
})
