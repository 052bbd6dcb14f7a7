import { describe, expect, it } from 'vitest'
import { aHub, anAuthorization, avery } from '../../testing/builders'
import { refusal } from '../../testing/fake-hub'
import { eventually, openPage } from '../../testing/open-page'

const refuse = (code: string, reason?: string): never => {
  throw refusal(code, reason)
}

const session = (id: string, isCurrent: boolean) => ({
  node: {
    id,
    isCurrent,
    address: isCurrent ? '192.0.2.1' : '198.51.100.7',
    createdAt: '2026-05-13T20:00:00.000Z',
    lastSeenAt: '2026-05-13T21:00:00.000Z',
  },
})

function anAccount(overrides: Record<string, unknown> = {}) {
  const sessions = { totalCount: 2, edges: [session('here', true), session('there', false)] }
  const noticePreferences = { ended: true, expiring: true }
  const viewer = { ...avery, email: 'avery@acme.example', sessions, noticePreferences }
  return aHub(anAuthorization(), { viewer, ...overrides })
}

const asked = (page: ReturnType<typeof openPage>, operation: string) =>
  page.hub.asked.filter((one) => one.operation === operation).map(({ variables }) => variables)

describe('signing up', () => {
  it('asks for what is missing before it asks the hub', async () => {
    const page = openPage('/sign-up', { viewer: null })
    await page.press('Sign up')
    await page.sees('This is needed.')
    const first = await page.field('Sign in name')
    await eventually(() => expect(document.activeElement).toBe(first))
    expect(page.hub.asked.map(({ operation }) => operation)).toEqual(['Viewer'])
  })

  it('says where the letter went, and nothing else', async () => {
    const page = openPage('/sign-up', { viewer: null, signUp: true })
    await page.fill('Sign in name', ' zoe ')
    await page.fill('Your name', 'Zoë Zimt')
    await page.fill('Mail address', ' zoe@example.com ')
    await page.fill('Password', ' eight and more ')
    await page.press('Sign up')
    await page.sees('A letter is on its way to zoe@example.com.')
    const input = {
      signInName: 'zoe',
      displayName: 'Zoë Zimt',
      email: 'zoe@example.com',
      password: ' eight and more ',
    }
    expect(asked(page, 'SignUp')).toEqual([{ input }])
  })

  it.each([
    ['PASSWORD_TOO_COMMON', 'on the lists that attackers try first'],
    ['PASSWORD_TOO_SHORT', 'at least 8 characters'],
    ['PASSWORD_TOO_PERSONAL', 'little more than your name'],
  ])('says what to do about %s', async (reason, words) => {
    const page = openPage('/sign-up', { viewer: null, signUp: () => refuse('BAD_USER_INPUT', reason) })
    for (const label of ['Sign in name', 'Your name', 'Mail address', 'Password']) await page.fill(label, 'x')
    await page.press('Sign up')
    await page.sees(words)
    expect((await page.field('Mail address')).value, 'nothing has to be typed twice').toBe('x')
  })
})

describe('a link of a letter', () => {
  it('is used by a press, and its secret leaves the address at once', async () => {
    const page = openPage('/confirm-sign-up#the-token', { viewer: null, confirmSignUp: true })
    const confirm = await page.button('Confirm my address')
    await eventually(() => expect(page.router.currentRoute.value.fullPath).toBe('/confirm-sign-up'))
    expect(asked(page, 'ConfirmSignUp'), 'not by itself').toEqual([])
    confirm.click()
    await page.sees('Your account is ready')
    expect(asked(page, 'ConfirmSignUp')).toEqual([{ input: { token: 'the-token' } }])
    await page.link('Go to sign-in')
  })

  it('that is worth nothing any more leads to where a new one comes from', async () => {
    const worthless = () => refuse('NOT_FOUND', 'LINK_NOT_VALID')
    const page = openPage('/reset-password#old', { viewer: null, resetPassword: worthless })
    await page.fill('New password', 'a song that nobody sings')
    await page.press('Set the password')
    await page.sees('This link has been used already, or is too old.')
    await page.follow('Ask for a new link')
    await page.heading('Forgot your password')
  })

  it('is missed where somebody comes without it', async () => {
    const page = openPage('/reset-password', { viewer: null })
    await page.sees('Open this page by the link in the letter that you were sent.')
    expect(page.hasButton('Set the password')).toBe(false)
  })
})

describe('one’s own account', () => {
  it('shows where one is signed in and ends what one does not know', async () => {
    const page = openPage('/account', anAccount({ endSession: true }))
    await page.sees('198.51.100.7')
    await page.press('End')
    await page.sees('The session has ended.')
    expect(asked(page, 'EndSession')).toEqual([{ id: 'there' }])
    await eventually(() => expect(asked(page, 'Account').length).toBeGreaterThan(1))
  })

  it('asks for the password once more where the hub wants it, then does what was asked', async () => {
    let isFresh = false
    const page = openPage(
      '/account',
      anAccount({
        changePassword: () => isFresh || refuse('FORBIDDEN', 'FRESH_AUTHENTICATION_REQUIRED'),
        reauthenticate: ({ input }: { input: { password: string } }) =>
          (isFresh = input.password === 'right') || refuse('FORBIDDEN', 'PASSWORD_NOT_RIGHT'),
      }),
    )
    await page.fill('New password', 'a song that nobody sings')
    document.querySelector<HTMLElement>('form[aria-label="Change the password"] button')?.click()
    await page.fill('Password', 'wrong')
    await page.press('Go on')
    await page.sees('This is not your password.')
    await page.fill('Password', 'right')
    await page.press('Go on')
    await page.sees('Your password has been changed, and your other sessions have ended.')
    expect(asked(page, 'ChangePassword')).toHaveLength(2)
  })

  it('does nothing where the person would rather not give it', async () => {
    const changeEmail = () => refuse('FORBIDDEN', 'FRESH_AUTHENTICATION_REQUIRED')
    const page = openPage('/account', anAccount({ changeEmail }))
    await page.fill('New mail address', 'new@example.com')
    document.querySelector<HTMLElement>('form[aria-label="Change the mail address"] button')?.click()
    await page.press('Cancel')
    await eventually(() => expect(page.hasButton('Cancel')).toBe(false))
    expect(asked(page, 'ChangeEmail')).toHaveLength(1)
    page.doesNotSee('A letter is on its way')
    expect((await page.field('New mail address')).value).toBe('new@example.com')
  })

  it('chooses which letters one gets, and says once that it is so', async () => {
    const chosen = { ended: true, expiring: false }
    const page = openPage('/account', anAccount({ changeNoticePreferences: chosen }))
    await page.heading('Letters about authorizations')
    const form = document.querySelector<HTMLFormElement>('form[aria-label="Letters about authorizations"]')
    const [ended, expiring] = form?.querySelectorAll<HTMLInputElement>('input') ?? []
    expect([ended?.checked, expiring?.checked]).toEqual([true, true])
    expiring?.click()
    form?.querySelector('button')?.click()
    await page.sees('Your choice has been saved.')
    expect(asked(page, 'ChooseLetters')).toEqual([{ input: chosen }])
  })
})
