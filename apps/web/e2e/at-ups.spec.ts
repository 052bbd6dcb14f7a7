import type { Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { leaveForUps, optInAtUps, outcome, signIn } from './visits.js'

const application = 'UPS® Intelligent Rating'

test('cancelled at UPS.com: the page says so, and nothing has changed', async ({ page, world }) => {
  await beginInRating(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(outcome(page, 'It was refused or cancelled at UPS.com')).toContainText('Nothing has changed')
  await expect(authorizeButton(page)).toBeEnabled()
  expect(await tokenRequests(world.ups)).toEqual([])
})

test('a wrong UPS.com password stays between the person and UPS.com', async ({ page }) => {
  await beginInRating(page)
  await optInAtUps(page, { username: 'acme', password: 'not-the-password' })
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel('Password').fill('ups-demo')
  await page.getByRole('button', { name: 'Log In' }).click()
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
})

test('stranded at UPS.com, one goes back, finds nothing changed, and begins again', async ({
  page,
  world,
}) => {
  await world.ups.faults({ endpoint: 'authorize', kind: 'status', status: 400 })
  await openRatingManager(page)
  await authorizeButton(page).click()
  await page.getByRole('button', { name: 'Continue to UPS.com' }).click()
  // UPS: what it refuses here it answers with JSON, and with no way back.
  await expect(page.locator('body')).toContainText('"errors"')
  await page.goto('/applications/rating/company-manager')
  await expect(authorizeButton(page)).toBeEnabled()
  await authorizeButton(page).click()
  await leaveForUps(page, { application })
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
})

test('abandoned at UPS.com and finished in the old tab nine minutes later: it counts', async ({
  page,
  world,
}) => {
  await beginInRating(page)
  const other = await page.context().newPage()
  await other.goto('/applications/rating/company-manager')
  await expect(authorizeButton(other)).toBeEnabled()
  await other.close()
  await world.advanceBothClocks(9 * 60_000)
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
})

test('abandoned at UPS.com and finished after ten minutes: too late, and no token is asked for', async ({
  page,
  world,
}) => {
  await beginInRating(page)
  // UPS.com may still be willing; the hub is not.
  await world.advanceHubClock(11 * 60_000)
  await optInAtUps(page)
  await expect(outcome(page, 'The visit to UPS.com took too long')).toContainText('begin again')
  await expect(authorizeButton(page)).toBeEnabled()
  expect(await tokenRequests(world.ups)).toEqual([])
})

test('UPS.com fails when the browser is back: nothing was attached, and a second try succeeds', async ({
  page,
  world,
}) => {
  await world.ups.faults({ endpoint: 'token', kind: 'status', status: 503 })
  await beginInRating(page)
  await optInAtUps(page)
  await expect(outcome(page, 'UPS.com cannot be reached')).toContainText('Nothing was attached')
  await authorizeButton(page).click()
  await leaveForUps(page, { application })
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
})

test('UPS.com is down before one leaves: the page says so instead of sending anybody there', async ({
  page,
  world,
  browserWatch,
}) => {
  browserWatch.expectConsoleError(/status of 50[0-9]/)
  await openRatingManager(page)
  await world.stopUps()
  await authorizeButton(page).click()
  await page.getByRole('button', { name: 'Continue to UPS.com' }).click()
  await expect(page.getByRole('alert')).toContainText('UPS.com cannot be reached')
  expect(new URL(page.url()).origin).toBe(world.url)
  await world.startUps()
  await page.getByRole('button', { name: 'Continue to UPS.com' }).click()
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
})

async function openRatingManager(page: Page): Promise<void> {
  await signIn(page)
  await page.goto('/applications/rating/company-manager')
  await expect(authorizeButton(page)).toBeVisible()
}

function authorizeButton(page: Page) {
  return page.getByRole('button', { name: 'Authorize', exact: true })
}

async function beginInRating(page: Page): Promise<void> {
  await openRatingManager(page)
  await authorizeButton(page).click()
  await leaveForUps(page, { application })
}

async function tokenRequests(ups: { ledger(): Promise<{ rows: { endpoint: string }[] }> }) {
  const { rows } = await ups.ledger()
  return rows.filter(({ endpoint }) => endpoint === 'token')
}
