import type { Page } from '@playwright/test'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility.js'
import { applicationIds, applicationPages, otherPages } from './pages.js'
import { expect, test } from './rehearsal.js'
import { authorizationUrl, checkNow, companyId, optInQuickly, signIn } from './visits.js'

test('no page has a fault for axe in light or dark, or needs sideways scrolling, at any width', async ({
  page,
}) => {
  test.slow()
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'SIGN IN' })).toBeVisible()
  await lookOver(page)
  await signIn(page)
  for (const path of otherPages) await visit(page, path)
  const id = await companyId(page)
  await visit(page, `/companies/${id}`)
  await visit(page, `/authorizations/${id}/rating`)
  for (const { path } of applicationPages) await visit(page, `${path}?company=${id}`)
})

test('the same holds once all five applications are authorized', async ({ page }) => {
  test.slow()
  await signIn(page)
  for (const application of applicationIds) await optInQuickly(page, application)
  const id = await companyId(page)
  for (const { path } of applicationPages) await visit(page, `${path}?company=${id}`)
})

test('and when UPS.com does not honour them any more', async ({ page, world }) => {
  test.slow()
  await signIn(page)
  for (const application of applicationIds) await optInQuickly(page, application)
  await world.ups.password({ username: 'acme', password: 'another-ups-password' })
  for (const application of applicationIds) await checkNow(page, application)
  const id = await companyId(page)
  for (const path of ['/overview', `/authorizations/${id}/rating`]) await visit(page, path)
  for (const { path } of applicationPages) await visit(page, `${path}?company=${id}`)
})

test('the pages of UPS.com that the opt-in leads through are as usable', async ({ page }) => {
  await signIn(page)
  await page.goto(await authorizationUrl(page, 'RATING'))
  await expect(page.getByRole('heading', { name: 'Log In' })).toBeVisible()
  await lookOver(page)
  await page.getByLabel('Email or Username').fill('acme')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Password' })).toBeVisible()
  await lookOver(page)
})

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await lookOver(page)
}

async function lookOver(page: Page): Promise<void> {
  await expectNoViolations(page)
  await expectNoSidewaysScroll(page)
}
