import { expectNoSidewaysScroll, expectNoViolations } from './accessibility.js'
import { expect, test } from './rehearsal.js'
import { chooseFromMenu, signIn } from './visits.js'

test('a solution admin finds a person, shuts them out at once, and lets them in again', async ({
  page,
  elsewhere,
}) => {
  await signIn(elsewhere, 'demo.admin')
  await signIn(page, 'solution.admin')
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await chooseFromMenu(page, 'Hub', 'People')
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible()
  await expect(page.getByRole('listitem')).toHaveCount(3)
  await expectNoViolations(page)
  await expectNoSidewaysScroll(page)

  await page.getByLabel(/^Find a person/).fill('drew')
  await expect(page.getByRole('listitem')).toHaveCount(1)
  await expect(page.getByText('Signed in now in 1 browser')).toBeVisible()
  await page.getByRole('button', { name: 'Shut Drew Demo out' }).click()
  const question = page.getByRole('alertdialog', { name: 'Shut a person out' })
  await question.getByRole('button', { name: 'Shut out' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByText('Not signed in now')).toBeVisible()

  await elsewhere.goto('/companies')
  await expect(elsewhere.getByRole('button', { name: 'SIGN IN' })).toBeVisible()

  await page.getByRole('button', { name: 'Let Drew Demo in again' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Let in again' }).click()
  await expect(page.getByRole('button', { name: 'Shut Drew Demo out' })).toBeVisible()
  await signIn(elsewhere, 'demo.admin')
})
