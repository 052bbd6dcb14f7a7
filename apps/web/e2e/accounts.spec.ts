import type { Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { signIn } from './visits.js'

const password = 'a song that nobody sings'
const another = 'another song altogether'

const told = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text })

/** Opens the newest letter to this person in the letter box of the rehearsal, and follows its link. */
async function followLetter(page: Page, to: string, subject: string): Promise<void> {
  await expect(async () => {
    await page.goto('/dev/mail')
    const letter = page.getByRole('listitem').filter({ hasText: to }).filter({ hasText: subject }).first()
    await letter.getByRole('link').click({ timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await expect(page.frameLocator('iframe').getByRole('heading', { name: subject })).toBeVisible()
  await page.locator('pre a').first().click()
}

async function signInWith(page: Page, signInName: string, secret: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Sign in name').fill(signInName)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'SIGN IN' }).click()
}

async function signUpAsZoe(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('link', { name: 'Sign up now' }).click()
  // The sign-in page has a field of the same name until this one has come.
  await expect(page.getByRole('heading', { name: 'Sign up' })).toBeVisible()
  await page.getByLabel('Sign in name').fill('zoe')
  await page.getByLabel('Your name').fill('Zoë Zimt')
  await page.getByLabel('Mail address').fill('zoe@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(told(page, 'A letter is on its way to zoe@example.com')).toBeVisible()
  await followLetter(page, 'zoe@example.com', 'Confirm your mail address')
  await expect(page).toHaveURL(/\/confirm-sign-up$/)
  await page.getByRole('button', { name: 'Confirm my address' }).click()
  await expect(told(page, 'Your account is ready')).toBeVisible()
}

test('a newcomer signs up, proves the address, signs in, and forgets and replaces the password', async ({
  page,
}) => {
  test.slow()
  await signUpAsZoe(page)
  await page.getByRole('link', { name: 'Go to sign-in' }).click()
  await signInWith(page, 'zoe', password)
  await expect(page.getByRole('link', { name: /Zoë Zimt/ })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()

  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('Mail address').fill('zoe@example.com')
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(told(page, 'a link is on its way')).toBeVisible()
  await followLetter(page, 'zoe@example.com', 'Choose a new password')
  await expect(page).toHaveURL(/\/reset-password$/)
  await page.getByLabel('New password').fill('password1')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('alert')).toContainText('on the lists that attackers try first')
  await page.getByLabel('New password').fill(another)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(told(page, 'Your password has been changed')).toBeVisible()

  await signInWith(page, 'zoe', password)
  await expect(page.getByText('do not belong together')).toBeVisible()
  await signInWith(page, 'zoe', another)
  await expect(page.getByRole('link', { name: /Zoë Zimt/ })).toBeVisible()
  await followLetter(page, 'zoe@example.com', 'Choose a new password')
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByRole('alert')).toContainText('used already')
})

test('a person gives the password once more, changes it, and ends a session in another browser', async ({
  page,
  elsewhere,
  world,
}) => {
  test.slow()
  await signIn(page)
  await signIn(elsewhere)
  await page.getByRole('link', { name: /Avery Acme/ }).click()
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Another browser' })).toBeVisible()
  await page.getByRole('button', { name: /^End the session from/ }).click()
  await expect(page.getByRole('heading', { name: 'Another browser' })).toBeHidden()
  await elsewhere.reload()
  await expect(elsewhere.getByRole('button', { name: 'SIGN IN' })).toBeVisible()

  await signIn(elsewhere)
  await world.advanceHubClock(11 * 60_000)
  await page.getByLabel('New password').fill(password)
  await page.getByRole('form', { name: 'Change the password' }).getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your password, once more' })
  await dialog.getByLabel('Password').fill('wrong')
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(dialog.getByText('This is not your password.')).toBeVisible()
  await dialog.getByLabel('Password').fill('opt-in-hub-demo')
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(told(page, 'Your password has been changed')).toBeVisible()
  await expect(dialog).toBeHidden()
  await elsewhere.reload()
  await expect(elsewhere.getByRole('button', { name: 'SIGN IN' })).toBeVisible()
  await followLetter(page, 'avery@acme.example', 'Your password has been changed')
  await signInWith(elsewhere, 'acme.admin', password)
  await expect(elsewhere.getByRole('link', { name: /Avery Acme/ })).toBeVisible()
})

test('a mail address and a sign in name are changed, the address by a letter to the new one', async ({
  page,
}) => {
  test.slow()
  await signIn(page)
  await page.goto('/account')
  await page.getByRole('textbox', { name: 'New mail address' }).fill('avery@new.example')
  await page
    .getByRole('form', { name: 'Change the mail address' })
    .getByRole('button', { name: 'Save' })
    .click()
  await expect(page.getByText('A letter is on its way to avery@new.example')).toBeVisible()
  await followLetter(page, 'avery@new.example', 'Confirm your new mail address')
  await page.getByRole('button', { name: 'Confirm my address' }).click()
  await expect(told(page, 'Your address has been changed')).toBeVisible()
  await page.getByRole('link', { name: 'Go to your account' }).click()
  await expect(page.getByText('avery@new.example')).toBeVisible()

  const naming = page.getByRole('form', { name: 'Change the sign in name' })
  await naming.getByRole('textbox').fill('demo.admin')
  await naming.getByRole('button', { name: 'Save' }).click()
  await expect(naming.getByRole('alert')).toContainText('Somebody else has this sign in name')
  await naming.getByRole('textbox').fill('avery')
  await naming.getByRole('button', { name: 'Save' }).click()
  await expect(naming.getByRole('status')).toContainText('Your sign in name has been changed')
})
