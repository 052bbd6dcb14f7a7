import type { Page, Request } from '@playwright/test'
import { readdirSync } from 'node:fs'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility.js'
import { expect, test } from './rehearsal.js'
import { askHub, checkNow, chooseFromMenu, companyId, optInQuickly, signIn } from './visits.js'

const folder = new URL('../../playground/examples/', import.meta.url)

/** What the picker calls the examples of a role: the first line of each file's name. */
const examplesOf = (role: string) =>
  readdirSync(new URL(role, folder)).map((file) => `${role}/${file.replace(/^\d+-|\.graphql$/g, '')}`)

const run = (page: Page) => page.getByRole('button', { name: /^Execute query/ })
const answer = (page: Page) => page.getByRole('region', { name: 'Result Window' })

async function openPlayground(page: Page): Promise<void> {
  await page.goto('/playground')
  await expect(page.getByRole('heading', { level: 1, name: 'Playground' })).toBeVisible()
  await expect(page.getByRole('status')).toHaveText(/You ask as/)
  await expect(page.locator('.graphiql-query-editor .view-lines')).toContainText('choose an example')
}

/** Chooses an example and sends it; answers what went out, and expects that no error came back. */
async function runExample(page: Page, id: string): Promise<Request> {
  await page.getByLabel('Example').selectOption(id)
  await expect(page.locator('#explanation')).not.toBeEmpty()
  const operation = new RegExp(`"operationName":"${id.replace(/^.*\/|-/g, '')}`, 'i')
  const sent = page.waitForRequest((request) => operation.test(request.postData() ?? ''))
  await run(page).click()
  const request = await sent
  const body = (await (await request.response())?.json()) as { data?: object; errors?: unknown }
  expect([id, body.errors, body.data !== null]).toEqual([id, undefined, true])
  return request
}

test('every example of a company admin works as it stands, and nothing of it is kept in the browser', async ({
  page,
}) => {
  test.slow()
  await signIn(page)
  await optInQuickly(page, 'RATING')
  await chooseFromMenu(page, 'Hub', 'GraphQL playground')
  await openPlayground(page)
  await expect(page.getByRole('status')).toHaveText('You ask as Avery Acme.')
  const ids = examplesOf('company-admin')
  for (const id of ids.filter((one) => !one.endsWith('/watch'))) {
    const request = await runExample(page, id)
    expect(await request.headerValue('authorization'), id).toBeNull()
  }
  await expect(answer(page)).toContainText('auditEvents')

  await page.getByLabel('Example').selectOption('company-admin/watch')
  await run(page).click()
  await expect(page.getByRole('button', { name: /^Stop query/ })).toBeVisible()
  // Changes from before the socket is open are not told.
  await expect(async () => {
    await checkNow(page, 'RATING')
    await expect(answer(page)).toContainText('authorizationChanged', { timeout: 2_000 })
  }).toPass()
  expect(await kept(page)).not.toContain('graphiql')
})

test('every example of a solution admin works', async ({ page, elsewhere }) => {
  await signIn(page)
  await optInQuickly(page, 'RATING')
  await signIn(elsewhere, 'solution.admin')
  await openPlayground(elsewhere)
  for (const id of examplesOf('solution-admin')) await runExample(elsewhere, id)
})

test('with a key every example of an API client works without a cookie, and the key is nowhere once the page is left', async ({
  page,
}) => {
  await signIn(page)
  await optInQuickly(page, 'RATING')
  const key = await createKey(page)
  await openPlayground(page)
  await page.getByLabel('API key').fill(key)
  await expect(page.getByRole('status')).toHaveText('You ask with the API key, without your session.')
  for (const id of examplesOf('api-key')) {
    const request = await runExample(page, id)
    expect([id, await request.headerValue('cookie'), await request.headerValue('authorization')]).toEqual([
      id,
      null,
      `Bearer ${key}`,
    ])
  }
  await expect(answer(page)).toContainText('AUTHORIZATION_OPTED_IN')
  expect(await kept(page)).not.toContain(key)
  await page.reload()
  await expect(page.getByLabel('API key')).toHaveValue('')
})

test('the playground has no fault for axe, fits any width, and can be used by keyboard alone', async ({
  page,
}) => {
  test.slow()
  await openPlayground(page)
  await expect(page.getByRole('status')).toContainText('You ask as nobody.')
  await page.getByLabel('API key').focus()
  const reached: string[] = []
  for (let tabs = 0; tabs < 20; tabs++) {
    await page.keyboard.press('Tab')
    reached.push(await whereFocusIs(page))
  }
  const stops = [
    'Example',
    'Show Documentation',
    'Operation Editor',
    'Execute query',
    'Variables',
    'Result Window',
  ]
  expect(reached.join()).toMatch(new RegExp(stops.join('.*')))

  await expectNoViolations(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await expect(page.getByRole('link', { name: 'AuthorizationStatus' }).first()).toBeVisible()
  // A hint that fades away is as pale as it likes.
  await page.mouse.move(640, 5)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await expectNoViolations(page)
  await expectNoSidewaysScroll(page)
})

test('who is not signed in is led to the sign-in, and back to the playground', async ({ page }) => {
  await openPlayground(page)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('Sign in name').fill('acme.admin')
  await page.getByLabel('Password').fill('opt-in-hub-demo')
  await page.getByRole('button', { name: 'SIGN IN' }).click()
  await expect(page.getByRole('status')).toHaveText('You ask as Avery Acme.')
  expect(new URL(page.url()).pathname).toBe('/playground')
})

/** By its own name, or by that of the part of the page that it is in. */
const whereFocusIs = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLLabelElement> }
    return focused.ariaLabel || focused.labels?.[0]?.innerText || focused.closest('section')?.ariaLabel || ''
  })

async function createKey(page: Page): Promise<string> {
  const input = {
    name: 'Portal',
    companyIds: [await companyId(page)],
    applications: ['RATING'],
    scopes: ['STATUS_READ', 'TOKEN_READ'],
  }
  const { createApiClient } = await askHub<{ createApiClient: { key: string } }>(
    page,
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { key } }',
    { input },
  )
  return createApiClient.key
}

const kept = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
