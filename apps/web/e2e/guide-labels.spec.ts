import type { Locator } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { authorizationUrl, signIn } from './visits.js'

/** What all five guides show: our sign-in page, and the two pages of UPS.com. */
test('sign-in and the two pages of UPS.com bear the labels of the guides', async ({ page }) => {
  await page.goto('/')
  await allVisible(
    page.getByRole('textbox', { name: 'Sign in name', exact: true }),
    page.getByLabel('Password', { exact: true }),
    page.getByRole('link', { name: 'Forgot your password?', exact: true }),
    page.getByRole('button', { name: 'SIGN IN', exact: true }),
    page.getByText("Don't have an account?"),
    page.getByRole('link', { name: 'Sign up now', exact: true }),
  )

  await signIn(page)
  await page.goto(await authorizationUrl(page, 'RATING'))
  const agreement = page.getByRole('checkbox', { name: 'UPS Technology Agreement' })
  await allVisible(
    page.getByRole('heading', { level: 1, name: 'Log In', exact: true }),
    page.getByRole('link', { name: "Don't have a profile? Sign up", exact: true }),
    page.getByRole('textbox', { name: 'Email or Username', exact: true }),
    agreement,
    page.getByText('Customer Solutions - UPS® Intelligent Rating'),
    page.getByRole('button', { name: 'Continue', exact: true }),
    page.getByRole('link', { name: 'Forgot Username/Password', exact: true }),
  )
  await page.getByLabel('Email or Username').fill('acme')
  await agreement.check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await allVisible(
    page.getByRole('heading', { level: 1, name: 'Password', exact: true }),
    page.getByText('Welcome back, acme'),
    page.getByRole('textbox', { name: 'Password', exact: true }),
    page.getByRole('button', { name: 'Log In', exact: true }),
    page.getByRole('link', { name: 'Forgot Username/Password', exact: true }),
  )
})

async function allVisible(...labels: readonly Locator[]): Promise<void> {
  for (const label of labels) await expect(label).toBeVisible()
}
