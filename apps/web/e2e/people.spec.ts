import type { Locator, Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { acme, askHub, companyId, leaveForUps, optInAtUps, outcome, signIn } from './visits.js'

const users = '/applications/data-management/users'
const groups = '/applications/data-management/groups'
const password = 'a hedgehog on the ferry'

/** Opens the newest letter to this person in the letter box of the rehearsal, and follows its link. */
async function followLetter(page: Page, to: string): Promise<void> {
  await expect(async () => {
    await page.goto('/dev/mail')
    await page.getByRole('listitem').filter({ hasText: to }).first().getByRole('link').click({ timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await page.locator('pre a').first().click()
  await expect(page.getByRole('heading', { name: 'Your invitation' })).toBeVisible()
}

async function join(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Sign in name').fill(name.toLowerCase())
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Make the account and accept' }).click()
}

async function invite(
  page: Page,
  email: string,
  choose: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
) {
  await page.goto(users)
  await page.getByRole('button', { name: 'Invite a user' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite a user' })
  await dialog.getByLabel('Mail address').fill(email)
  await choose(dialog)
  await dialog.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(email, { exact: true })).toBeVisible()
}

/** While the question is open, nothing beside it is there for a reader, and so for no locator by role. */
async function confirm(page: Page, name: string): Promise<void> {
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name, exact: true }).click()
  await expect(question).toBeHidden()
}

/** A locator finds also what is covered by something that lets clicks through. */
const layerOf = (dialog: Locator): Promise<number> =>
  dialog.evaluate((element) => Number(getComputedStyle(element).zIndex))

test('an admin invites a viewer, who follows the letter, sees the company, is removed and loses it', async ({
  page,
  elsewhere,
}) => {
  test.slow()
  const email = 'vera@acme.example'
  await signIn(page)
  await invite(page, email, (dialog) => dialog.getByRole('radio', { name: /^To look/ }).check())

  await followLetter(elsewhere, email)
  await expect(elsewhere).toHaveURL(/\/invitation$/)
  await expect(elsewhere.getByText(`Avery Acme invites you to act for ${acme} as a viewer.`)).toBeVisible()
  await join(elsewhere, 'Vera')
  await expect(elsewhere.getByRole('heading', { name: 'Applications' })).toBeVisible()
  await elsewhere.goto(users)
  await expect(elsewhere.getByText('Only an admin of this company can invite people')).toBeVisible()
  await expect(elsewhere.getByText(email), 'addresses are for admins').toBeHidden()

  await page.reload()
  await expect(page.getByText('Nobody is invited at present.')).toBeVisible()
  await page.getByRole('button', { name: 'Make Vera an admin' }).click()
  await expect(page.getByRole('button', { name: 'Make Vera a viewer' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove Vera' }).click()
  await confirm(page, 'Remove')
  await expect(page.getByRole('button', { name: 'Remove Vera' })).toHaveCount(0)

  await elsewhere.reload()
  await expect(elsewhere.getByRole('heading', { name: 'You have no company here yet' })).toBeVisible()
  await expect(elsewhere.getByText(acme)).toHaveCount(0)
})

test('an invitation begun long after signing in asks for the password on top of it, and goes on', async ({
  page,
}) => {
  await signIn(page)
  await page.goto(users)
  // The clock of the hub stands outside: what it says to an older session is said for it, twice.
  let refusals = 2
  await page.route('**/graphql', (route) => {
    const isInvitation = route.request().postData()?.includes('mutation InviteUser')
    if (!isInvitation || refusals-- <= 0) return route.fallback()
    const extensions = { code: 'FORBIDDEN', reason: 'FRESH_AUTHENTICATION_REQUIRED', requestId: 'none' }
    return route.fulfill({ json: { data: null, errors: [{ message: 'Not yet.', extensions }] } })
  })
  await page.getByRole('button', { name: 'Invite a user' }).click()
  const invitation = page.getByRole('dialog', { name: 'Invite a user' })
  const question = page.getByRole('dialog', { name: 'Your password, once more' })
  await invitation.getByLabel('Mail address').fill('late@acme.example')
  await invitation.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(question).toBeVisible()
  const beneath = page.locator('.dialog', { hasText: 'Invite a user' })
  expect(await layerOf(question), 'seen over the invitation').toBeGreaterThan(await layerOf(beneath))
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(invitation.getByLabel('Mail address')).toHaveValue('late@acme.example')

  await invitation.getByRole('button', { name: 'Send the invitation' }).click()
  await question.getByLabel('Password').fill('opt-in-hub-demo')
  await question.getByRole('button', { name: 'Go on' }).click()
  await expect(question).toBeHidden()
  await expect(invitation).toBeHidden()
  await expect(page.getByText('late@acme.example', { exact: true })).toBeVisible()
})

test('the last admin of a company is told why nobody can remove or demote them', async ({ page }) => {
  await signIn(page)
  await page.goto(users)
  await page.getByRole('button', { name: 'Make Avery Acme a viewer' }).click()
  await expect(page.getByRole('alert')).toContainText('this is the last one')
  await page.getByRole('button', { name: 'Leave this company' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(question.getByRole('alert')).toContainText('this is the last one')
})

test('a colleague with the UPS.com login authorizes what the letter asks, and can do nothing else', async ({
  page,
  elsewhere,
}) => {
  test.slow()
  const email = 'uma@ups-login.example'
  await signIn(page)
  await invite(page, email, async (dialog) => {
    await dialog.getByRole('radio', { name: /^To authorize one application/ }).check()
    await dialog.getByLabel('Application', { exact: true }).selectOption({ label: 'UPS® Intelligent Rating' })
  })

  await followLetter(elsewhere, email)
  await expect(elsewhere.getByText('asks you to authorize UPS® Intelligent Rating')).toBeVisible()
  await join(elsewhere, 'Uma')
  await expect(elsewhere).toHaveURL(/\/applications\/rating\/company-manager\?company=/)
  await elsewhere.getByRole('button', { name: 'Authorize', exact: true }).click()
  await leaveForUps(elsewhere, { application: 'UPS® Intelligent Rating' })
  await optInAtUps(elsewhere)
  await expect(outcome(elsewhere, 'The authorization is in place')).toBeVisible()

  const id = await companyId(elsewhere)
  const { company } = await askHub<{ company: object }>(
    elsewhere,
    'query ($id: ID!) { company(id: $id) { members { totalCount } authorizations { mayBegin vaultKey application { id } } } }',
    { id },
  )
  expect(company).toEqual({
    members: { totalCount: 0 },
    authorizations: [{ mayBegin: false, vaultKey: null, application: { id: 'RATING' } }],
  })
  await elsewhere.goto('/applications/pickup-manager/settings')
  await expect(elsewhere.getByText(acme)).toHaveCount(0)
  await page.goto('/applications/rating/company-manager')
  await expect(page.getByText('Uma')).toBeVisible()
})

test('a group gives a person a company, and emptying it takes that back', async ({ page, elsewhere }) => {
  test.slow()
  const email = 'gus@acme.example'
  await signIn(page)
  await invite(page, email, (dialog) => dialog.getByRole('radio', { name: /^To look/ }).check())
  await followLetter(elsewhere, email)
  await join(elsewhere, 'Gus')
  await expect(elsewhere.getByRole('heading', { name: 'Applications' })).toBeVisible()

  await page.goto(groups)
  await page.getByRole('button', { name: 'New group' }).click()
  const dialog = page.getByRole('dialog', { name: 'New group' })
  await dialog.getByLabel('Name').fill('Shipping desk')
  await dialog.getByRole('button', { name: 'Create' }).click()
  const open = page.getByRole('button', { name: 'Add a person to Shipping desk' })
  await open.click()
  const adding = page.getByRole('dialog', { name: /Shipping desk$/ })
  await adding.getByRole('searchbox').fill('gu')
  await adding.getByRole('button', { name: 'Add Gus to Shipping desk' }).click()
  await expect(adding.getByText('Nobody who acts for your companies is called so.')).toBeVisible()
  await adding.getByRole('button', { name: 'Close' }).click()
  await expect(open).toBeFocused()
  await page.getByRole('button', { name: 'Add a company to Shipping desk' }).click()
  await adding.getByRole('button', { name: `Add ${acme} to Shipping desk` }).click()
  await adding.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('button', { name: `Take ${acme} out of Shipping desk` })).toBeVisible()

  await page.goto(users)
  await expect(page.getByText('also through Shipping desk')).toBeVisible()
  await page.getByRole('button', { name: 'Remove Gus' }).click()
  await confirm(page, 'Remove')
  await expect(page.getByRole('button', { name: 'Remove Gus' })).toHaveCount(0)
  await elsewhere.goto('/applications/rating/company-manager')
  await expect(elsewhere.getByText(acme).last(), 'the group still gives it').toBeVisible()

  await page.goto(groups)
  await page.getByRole('button', { name: `Take ${acme} out of Shipping desk` }).click()
  await expect(page.getByRole('button', { name: `Take ${acme} out of Shipping desk` })).toHaveCount(0)
  await elsewhere.reload()
  await expect(elsewhere.getByRole('heading', { name: 'You have no company here yet' })).toBeVisible()

  await page.getByRole('button', { name: 'Delete Shipping desk' }).click()
  await confirm(page, 'Delete')
  await expect(page.getByRole('heading', { name: 'Shipping desk' })).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Returns desk' })).toBeVisible()
})
