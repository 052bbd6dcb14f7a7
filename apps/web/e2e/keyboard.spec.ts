import type { Locator, Page } from '@playwright/test'
import { expect, test } from './rehearsal.js'
import { upsProfile } from './visits.js'

test('Rating can be signed in to, authorized and opted out of by keyboard alone', async ({ page }) => {
  await page.goto('/')
  await typeInto(page, page.getByLabel('Sign in name'), 'acme.admin')
  await typeInto(page, page.getByLabel('Password'), 'opt-in-hub-demo')
  await page.keyboard.press('Enter')

  await press(page, page.getByRole('link', { name: /Intelligent Rating/ }))
  await press(page, page.getByRole('button', { name: 'Settings' }))
  await expect(page.getByRole('menuitem', { name: 'Authorize Customer' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  if (!(await isFocused(page.getByRole('menuitem', { name: 'Authorize Customer' })))) {
    await page.keyboard.press('Home')
  }
  await expect(page.getByRole('menuitem', { name: 'Authorize Customer' })).toBeFocused()
  await page.keyboard.press('Enter')

  await press(page, page.getByRole('button', { name: 'Authorize', exact: true }))
  await press(page, page.getByRole('button', { name: 'Continue to UPS.com' }))
  await typeInto(page, page.getByLabel('Email or Username'), upsProfile.username)
  await tabTo(page, page.getByRole('checkbox', { name: /UPS Technology Agreement/ }))
  await page.keyboard.press('Space')
  await press(page, page.getByRole('button', { name: 'Continue' }))
  await typeInto(page, page.getByLabel('Password'), upsProfile.password)
  await page.keyboard.press('Enter')

  await expect(page.getByText('AUTHORIZED', { exact: true })).toBeVisible()
  const optOut = page.getByRole('button', { name: 'Opt out' })
  await press(page, optOut)
  const question = page.getByRole('alertdialog')
  await expect(question).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(optOut, 'focus is back where it was').toBeFocused()
  await page.keyboard.press('Enter')
  await press(page, question.getByRole('button', { name: 'Opt out' }))
  await expect(page.getByRole('button', { name: 'Authorize', exact: true })).toBeVisible()
})

async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.type(text)
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** Tab by Tab, as a person does it who cannot point; sixty are too many for any page of ours. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let tabs = 0; tabs < 60; tabs++) {
    if (await isFocused(target)) return
    await page.keyboard.press('Tab')
  }
  await expect(target, 'reached by Tab').toBeFocused()
}

async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement)
}
