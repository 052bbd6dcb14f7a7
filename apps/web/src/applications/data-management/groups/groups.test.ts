import { expect, it } from 'vitest'
import { acme, aHub, anAuthorization, avery, connectionOf } from '../../../testing/builders'
import { type Answers, refusal } from '../../../testing/fake-hub'
import { eventually, openPage } from '../../../testing/open-page'

const vera = { id: 'vera', displayName: 'Vera Viewer', signInName: 'vera' }
const desk = {
  id: 'desk',
  name: 'Shipping desk',
  role: 'VIEWER',
  isManageable: true,
  members: connectionOf(avery),
  companies: connectionOf(acme),
  peopleToAdd: connectionOf(vera),
  companiesToAdd: connectionOf(),
}

const openGroups = (overrides: Answers = {}) =>
  openPage(
    '/applications/data-management/groups?company=acme',
    aHub(anAuthorization({ application: 'DATA_MANAGEMENT' }), {
      groups: connectionOf(desk),
      group: desk,
      ...overrides,
    }),
  )

const refuse = (reason: string) => () => {
  throw refusal('CONFLICT', reason)
}

it('says that there is no group yet', async () => {
  const page = openGroups({ groups: connectionOf() })
  await page.sees('There is no group that concerns you yet.')
  expect(page.hasButton('New group')).toBe(true)
})

it('keeps the dialog with what was written while a change is refused, and gives the focus back after Cancel', async () => {
  const page = openGroups({ changeGroupRole: refuse('GROUP_NOT_YOURS_TO_CHANGE'), renameGroup: desk })
  const opener = await page.button('Change')
  opener.focus()
  opener.click()
  await page.fill('Name', '  ')
  await page.press('Save')
  await page.sees('Enter a name.')
  expect(document.activeElement).toBe(await page.field('Name'))
  await page.fill('Name', 'Other desk')
  await page.press('Save')
  await page.sees('This has changed in the meantime.')
  expect((await page.field('Name')).value).toBe('Other desk')
  await page.press('Cancel')
  await eventually(() => expect(document.activeElement).toBe(opener))
})

it('says why a group could not be deleted, in the question itself and nowhere else', async () => {
  const page = openGroups({ deleteGroup: refuse('GROUP_NOT_YOURS_TO_CHANGE') })
  await page.press('Delete')
  await page.sees('What it gave its people ends at once.')
  document.querySelector<HTMLElement>('[role=alertdialog] .dialog-actions button:last-child')?.click()
  await page.sees('This has changed in the meantime.')
  expect(document.querySelectorAll('.notice')).toHaveLength(1)
  await page.heading('Shipping desk')
})

it('says why somebody could not be taken out, on the page', async () => {
  const page = openGroups({ removeGroupCompany: refuse('COMPANY_NOT_YOURS_TO_GROUP') })
  await page.press('Take out')
  await page.sees('This has changed in the meantime.')
})

it('asks for people by how a name begins, and says when there is nobody', async () => {
  const peopleToAdd = ({ search }: { search: string | null }) =>
    search ? connectionOf() : connectionOf(vera)
  const page = openGroups({ group: { ...desk, peopleToAdd } })
  const opener = await page.button('Add a person')
  opener.focus()
  opener.click()
  await page.sees('Vera Viewer')
  await page.fill('Find a person by the beginning of a name or mail address', 'zo')
  await page.sees('Nobody who acts for your companies is called so.')
  await page.press('Close')
  await eventually(() => expect(document.activeElement).toBe(opener))
})

it('says that every company is in it already, and why one could not be added', async () => {
  const page = openGroups()
  await page.press('Add a company')
  await page.sees('All companies that you are an admin of are in it already.')
  await page.press('Close')
  page.hub.answers['addGroupMember'] = refuse('GROUP_FULL')
  await page.press('Add a person')
  await page.press('Add')
  await page.sees('This has changed in the meantime.')
  expect(document.querySelectorAll('.notice')).toHaveLength(1)
})

it('offers nothing in a group that others manage, but to leave it', async () => {
  const page = openGroups({ groups: connectionOf({ ...desk, isManageable: false }) })
  await page.sees('Only an admin of all its companies can change this group.')
  expect(page.hasButton('Add a person')).toBe(false)
  expect(page.hasButton('Delete')).toBe(false)
  expect(page.hasButton('Leave')).toBe(true)
})
