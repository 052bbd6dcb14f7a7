import type { Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { leaveForUps, optInAtUps, outcome, signIn } from './visits.js'

const application = 'UPS® Intelligent Rating'
const companyManager = '/applications/rating/company-manager'
/** Sooner than the page asks by itself. */
const soon = { timeout: 10_000 }

test('what a colleague or UPS.com ends is seen at once, without reload and without asking', async ({
  page,
  elsewhere,
  world,
}) => {
  await signIn(page)
  await page.goto(companyManager)
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(page, { application })
  await optInAtUps(page)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()

  await signIn(elsewhere)
  await openLive(elsewhere)
  await expect(elsewhere.getByRole('button', { name: 'Check now' })).toBeVisible()
  await world.ups.password({ username: 'acme', password: 'another-ups-password' })
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(elsewhere.getByRole('heading', { name: 'Opt in again' })).toBeVisible(soon)
  await expect(elsewhere.getByText(`${application} has to be authorized again`)).toBeAttached()

  await page.getByRole('button', { name: 'Opt out' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Opt out' }).click()
  await expect(elsewhere.getByRole('button', { name: 'Authorize', exact: true })).toBeVisible(soon)
  await expect(elsewhere.getByText(`${application} is no longer authorized`)).toBeAttached()
})

/** Until its socket has been greeted. */
async function openLive(page: Page): Promise<void> {
  const greeted = new Promise<void>((resolve) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('connection_ack')) resolve()
      }),
    )
  })
  await page.goto(companyManager)
  await greeted
}
