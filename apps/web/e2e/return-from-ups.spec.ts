import type { Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { askHub, companyId, outcome, returnAddress, signIn } from './visits.js'

test('a return from UPS.com that was used already says so, and changes nothing', async ({ page, world }) => {
  await signIn(page)
  const address = await returnAddress(page, 'RATING')
  await page.goto(address)
  await expect(outcome(page, 'The authorization is in place')).toBeVisible()
  await page.goto(address)
  await expect(page).toHaveURL(/\/opt-in\/already-used$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/already used/)
  expect(await statusOf(page)).toBe('AUTHORIZED')
  const { rows } = await world.ups.ledger()
  expect(rows.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1)
})

test('a return that belongs to nothing is not recognised', async ({ page }) => {
  await signIn(page)
  for (const query of ['', '?code=x', '?code=x&state=unknown', '?code=x&state=a&state=a']) {
    await page.goto(`/oauth/callback/rating${query}`)
    await expect(page).toHaveURL(/\/opt-in\/not-recognised$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not recognised/)
  }
})

test('the return of one application is not recognised on the path of another', async ({ page, world }) => {
  await signIn(page)
  const address = await returnAddress(page, 'RATING')
  await page.goto(address.replace('/callback/rating', '/callback/pickup-manager'))
  await expect(page).toHaveURL(/\/opt-in\/not-recognised$/)
  const { rows } = await world.ups.ledger()
  expect(rows.filter(({ endpoint }) => endpoint === 'token')).toEqual([])
})

test('a return in the browser of somebody else attaches nothing', async ({ page, elsewhere }) => {
  await signIn(page)

  await elsewhere.goto(await returnAddress(page, 'RATING'))
  await expect(elsewhere).toHaveURL(/\/opt-in\/signed-out$/)
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText(/signed out/)

  await elsewhere.goto('/')
  await signIn(elsewhere, 'demo.admin')
  // Another one: a return counts once, for whoever it came to.
  await elsewhere.goto(await returnAddress(page, 'RATING'))
  await expect(elsewhere).toHaveURL(/\/opt-in\/wrong-person$/)
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText(/Somebody else/)

  expect(await statusOf(page)).toBe('NOT_AUTHORIZED')
})

async function statusOf(page: Page): Promise<string> {
  const { authorization } = await askHub<{ authorization: { status: string } }>(
    page,
    'query ($companyId: ID!) { authorization(companyId: $companyId, application: RATING) { status } }',
    { companyId: await companyId(page) },
  )
  return authorization.status
}
