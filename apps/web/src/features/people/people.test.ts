import { expect, it } from 'vitest'
import { avery, blake, connectionOf } from '../../testing/builders'
import { refusal } from '../../testing/fake-hub'
import { eventually, openPage } from '../../testing/open-page'

const account = (user: object, overrides: object = {}) => ({
  user: { disabledAt: null, ...user },
  email: 'avery@acme.example',
  lastSignInAt: '2026-05-13T20:00:00.000Z',
  sessionCount: 2,
  companyCount: 1,
  ...overrides,
})

const theHub = (overrides = {}) => ({
  viewer: blake,
  users: connectionOf(account(avery), account(blake, { email: null, companyCount: 0 })),
  ...overrides,
})

const asked = (page: ReturnType<typeof openPage>, operation: string) =>
  page.hub.asked.filter((one) => one.operation === operation)

it('shows who there is, and offers nothing about oneself', async () => {
  const page = openPage('/people', theHub())
  await page.sees('acme.admin · avery@acme.example')
  await page.sees('Acts for 1 company')
  await page.sees('Signed in now in 2 browsers')
  await page.sees('solution.admin · no mail address')
  expect(document.querySelectorAll('[aria-label="Shut Avery Acme out"]')).toHaveLength(1)
  expect(document.querySelectorAll('[aria-label*="Blake Solution"]')).toHaveLength(0)
})

it('looks for a beginning, and says when there is nobody', async () => {
  const page = openPage('/people', theHub())
  await page.sees('Avery Acme')
  page.hub.answers['users'] = connectionOf()
  await page.fill('Find a person', ' zo ')
  await page.sees('Nobody’s sign in name')
  expect(asked(page, 'People').at(-1)?.variables).toMatchObject({ search: 'zo', first: 25 })
})

it('asks before it shuts somebody out, says why it could not, and shows what came of it', async () => {
  const disableUser = () => {
    throw refusal('CONFLICT', 'CANNOT_DISABLE_YOURSELF')
  }
  const page = openPage('/people', theHub({ disableUser }))
  await page.press('Shut out')
  await page.sees('Shall Avery Acme be signed out everywhere')
  expect(asked(page, 'DisableUser')).toEqual([])
  const confirm = () =>
    document.querySelector<HTMLElement>('[role=alertdialog] .dialog-actions button:last-child')
  confirm()?.click()
  await page.sees('You cannot shut yourself out.')
  page.hub.answers['disableUser'] = { ...avery, disabledAt: '2026-05-13T21:10:00.000Z' }
  page.hub.answers['users'] = connectionOf(account({ ...avery, disabledAt: '2026-05-13T21:10:00.000Z' }))
  confirm()?.click()
  await page.sees('Avery Acme has been shut out.')
  await page.button('Let in again')
  expect(asked(page, 'DisableUser').at(-1)?.variables).toEqual({ id: 'avery' })
})

it('erases only whose sign in name was typed', async () => {
  const page = openPage('/people', theHub({ eraseUser: true }))
  await page.press('Erase')
  const label = 'Type the sign in name, acme.admin, to go on'
  const confirm = () =>
    document.querySelector<HTMLElement>('[role=alertdialog] .dialog-actions button:last-child')
  await page.fill(label, 'demo.admin')
  confirm()?.click()
  await page.sees('This is not the sign in name.')
  expect(asked(page, 'EraseUser')).toEqual([])
  await page.fill(label, 'acme.admin')
  confirm()?.click()
  await eventually(() =>
    expect(asked(page, 'EraseUser').map(({ variables }) => variables)).toEqual([{ id: 'avery' }]),
  )
})

it('is not for others, whose browser does not even ask', async () => {
  const page = openPage('/people', theHub({ viewer: avery }))
  await page.sees('Only a solution admin sees the people of the hub.')
  expect(asked(page, 'People')).toEqual([])
})
