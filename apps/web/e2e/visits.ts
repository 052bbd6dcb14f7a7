import type { ApplicationId, ReturnTo } from '../src/graphql/generated/graphql.js'
import type { Page } from '@playwright/test'
import { signInAndAgree } from '@optin-hub/ups-stand-in'
import { expect } from './rehearsal.js'

export const acme = 'Acme Outfitters'
export const upsProfile = { username: 'acme', password: 'ups-demo' }

export async function signIn(page: Page, signInName = 'acme.admin'): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('/')
  await page.getByLabel('Sign in name').fill(signInName)
  await page.getByLabel('Password').fill('opt-in-hub-demo')
  await page.getByRole('button', { name: 'SIGN IN' }).click()
  await expect(page.getByRole('button', { name: 'SIGN IN' })).toBeHidden()
  // The page that comes takes the focus, and with it closes a menu that was opened before.
  await expect(page.locator('main h1')).toBeFocused()
}

/** Again where the menu was closed by a page that was still on its way and took the focus. */
export async function chooseFromMenu(page: Page, menu: string, item: string): Promise<void> {
  const choice = page.getByRole('menuitem', { name: item, exact: true })
  await expect(async () => {
    if (!(await choice.isVisible())) await page.getByRole('button', { name: menu, exact: true }).click()
    await choice.click({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
}

interface Leaving {
  company?: string
  application: string
  note?: string
}

/** The page says what will happen, and for which company, before it lets anybody go. */
export async function leaveForUps(page: Page, { company = acme, application, note }: Leaving): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Before you go to UPS.com' })
  await expect(dialog).toContainText(company)
  await expect(dialog).toContainText(`Customer Solutions - ${application}`)
  if (note !== undefined) await dialog.getByLabel(/^UPS\.com profile you will use/).fill(note)
  await dialog.getByRole('button', { name: 'Continue to UPS.com' }).click()
  await expect(page.getByRole('heading', { name: 'Log In' })).toBeVisible()
}

/** Both login pages, as a person meets them. */
export async function optInAtUps(page: Page, profile = upsProfile): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Log In' })).toBeVisible()
  await page.getByLabel('Email or Username').fill(profile.username)
  await page.getByRole('checkbox', { name: /UPS Technology Agreement/ }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(`Welcome back, ${profile.username}`)).toBeVisible()
  await page.getByLabel('Password').fill(profile.password)
  await page.getByRole('button', { name: 'Log In' }).click()
}

/** The hub's own way of telling how the visit to UPS.com ended. */
export function outcome(page: Page, title: string) {
  return page.getByRole(/reported|accept|confirm/.test(title) ? 'alert' : 'status').filter({
    has: page.getByRole('heading', { name: title }),
  })
}

/** A question to the hub as the page itself would ask it, with its cookie and its headers. */
export async function askHub<Data>(page: Page, query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await answerOfHub<Data>(page, query, variables)
  expect(errors, `${query} ${JSON.stringify(variables)}`).toBeUndefined()
  return data
}

async function answerOfHub<Data>(page: Page, query: string, variables: object) {
  const answer = await page.request.post('/graphql', {
    headers: { 'apollo-require-preflight': 'true', origin: new URL(page.url()).origin },
    data: { query, variables },
  })
  return (await answer.json()) as { data: Data; errors?: unknown }
}

/** Asks UPS.com about an authorization, whatever the answer. */
export async function checkNow(page: Page, application: ApplicationId, company = acme): Promise<void> {
  const query = 'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { generation } }'
  await answerOfHub(page, query, { input: { companyId: await companyId(page, company), application } })
}

export async function companyId(page: Page, name = acme): Promise<string> {
  const { companies } = await askHub<{ companies: { edges: { node: { id: string; name: string } }[] } }>(
    page,
    '{ companies { edges { node { id name } } } }',
  )
  const found = companies.edges.find(({ node }) => node.name === name)
  expect(found, name).toBeDefined()
  return found?.node.id ?? ''
}

export const returnTo: Record<ApplicationId, ReturnTo> = {
  CONSUMER_RETURNS: 'CONSUMER_RETURNS_COMPANY_MANAGER',
  REVERSE_LOGISTICS: 'REVERSE_LOGISTICS_HOME',
  PICKUP_MANAGER: 'PICKUP_MANAGER_SETTINGS',
  DATA_MANAGEMENT: 'DATA_MANAGEMENT_TOKEN_MANAGER',
  RATING: 'RATING_COMPANY_MANAGER',
}

/** Begins an opt-in and answers where it would send the browser. */
export async function authorizationUrl(
  page: Page,
  application: ApplicationId,
  company = acme,
): Promise<string> {
  const input = { companyId: await companyId(page, company), application, returnTo: returnTo[application] }
  const { beginOptIn } = await askHub<{ beginOptIn: { authorizationUrl: string } }>(
    page,
    'mutation ($input: BeginOptInInput!) { beginOptIn(input: $input) { authorizationUrl } }',
    { input },
  )
  return beginOptIn.authorizationUrl
}

/** Begins an opt-in, agrees at UPS.com, and answers where that would send the browser back to. */
export async function returnAddress(page: Page, application: ApplicationId, company = acme): Promise<string> {
  const ups = { fetch: (request: Request) => fetch(request) }
  const url = await authorizationUrl(page, application, company)
  return (await signInAndAgree(ups, url, upsProfile)).href
}

/** For rehearsals that begin where an authorization already stands. */
export async function optInQuickly(page: Page, application: ApplicationId, company = acme): Promise<void> {
  await page.goto(await returnAddress(page, application, company))
}
