import { expect, it } from 'vitest'
import { demoPassword } from '../demo.seed.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { createApiClientDocument } from '../testing/api-client.js'
import { subjectsTo, tokenFor } from '../testing/letters.js'

const minute = 60_000
const avery = 'avery@acme.example'
const fresh = 'a song that nobody sings'

const verbs = {
  changePassword: (browser: Browser, password = fresh) =>
    browser.query('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }', {
      input: { password },
    }),
  changeSignInName: (browser: Browser, signInName = 'avery') =>
    browser.query(
      'mutation ($input: ChangeSignInNameInput!) { changeSignInName(input: $input) { signInName } }',
      {
        input: { signInName },
      },
    ),
  changeEmail: (browser: Browser, email = 'new@example.com') =>
    browser.query('mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) }', {
      input: { email },
    }),
}

const confirmEmail = (browser: Browser, token: string) =>
  browser.query('mutation ($input: LinkTokenInput!) { confirmEmail(input: $input) }', { input: { token } })

const reauthenticate = (browser: Browser, password = demoPassword) =>
  browser.query('mutation ($input: ReauthenticateInput!) { reauthenticate(input: $input) }', {
    input: { password },
  })

const reasonOf = ({ errors }: { errors?: { extensions: { reason?: string } }[] }) =>
  errors?.[0]?.extensions.reason ?? 'none'

const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.data<{ viewer: unknown }>('{ viewer { id } }')).viewer !== null

it('asks for the password again once it was given ten minutes ago, before anything that outlives a session', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  const companyId = await companyIdOf(browser, 'Acme Outfitters')
  const newKey = () =>
    browser.query(createApiClientDocument, {
      input: { name: 'Portal', companyIds: [companyId], applications: ['RATING'], scopes: ['STATUS_READ'] },
    })
  world.clock.advance(10 * minute - 1)
  expect(reasonOf(await newKey())).toBe('none')
  world.clock.advance(1)
  for (const verb of [newKey, ...Object.values(verbs).map((each) => () => each(browser))]) {
    expect((await verb()).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'FRESH_AUTHENTICATION_REQUIRED',
    })
  }
  expect(await world.lettersTo(avery)).toEqual([])
  expect(await isSignedIn(browser)).toBe(true)
  await reauthenticate(browser)
  expect(reasonOf(await newKey())).toBe('none')
  world.clock.advance(10 * minute)
  expect(reasonOf(await newKey())).toBe('FRESH_AUTHENTICATION_REQUIRED')

  const answer = await browser.query(
    `mutation { reauthenticate(input: { password: "${demoPassword}" }) changeSignInName(input: { signInName: "avery" }) { signInName } }`,
  )
  expect(answer.data, 'in one request').toMatchObject({ changeSignInName: { signInName: 'avery' } })
})

it('changes the password, ends every other session and goes on in a new one', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  const other = await world.as('acme.admin')
  const thief = world.browser()
  for (const [name, value] of browser.cookies) thief.cookies.set(name, value)
  expect(reasonOf(await verbs.changePassword(browser, 'acme.admin'))).toBe('PASSWORD_TOO_PERSONAL')
  expect(reasonOf(await verbs.changePassword(browser, 'x'.repeat(1025)))).toBe('INPUT_NOT_VALID')
  expect(await isSignedIn(other)).toBe(true)

  expect(await verbs.changePassword(browser)).toEqual({ data: { changePassword: true } })
  expect([await isSignedIn(browser), await isSignedIn(other), await isSignedIn(thief)]).toEqual([
    true,
    false,
    false,
  ])
  expect(await subjectsTo(world, avery)).toEqual(['Your password has been changed'])
  await expect(world.browser().signIn('acme.admin')).rejects.toThrow('SIGN_IN_REFUSED')
  await world.browser().signIn('acme.admin', fresh)
})

it('takes a password of 128 characters and of letters of any script, to the last byte', async () => {
  const world = await createTestApp()
  for (const [index, long] of ['x1'.repeat(64), `${'x1'.repeat(36)}y`, `${'дом'.repeat(40)}!`].entries()) {
    const browser = await world.as(['acme.admin', 'demo.admin', 'solution.admin'][index] ?? '')
    expect(reasonOf(await verbs.changePassword(browser, long))).toBe('none')
    const name = ['acme.admin', 'demo.admin', 'solution.admin'][index] ?? ''
    await world.browser().signIn(name, long)
    await expect(world.browser().signIn(name, long.slice(0, -1))).rejects.toThrow('SIGN_IN_REFUSED')
  }
})

it('changes the sign in name to one that nobody has, and tells the person', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  expect(reasonOf(await verbs.changeSignInName(browser, 'DEMO.admin'))).toBe('SIGN_IN_NAME_TAKEN')
  expect(reasonOf(await verbs.changeSignInName(browser, 'a b'))).toBe('INPUT_NOT_VALID')
  expect(await verbs.changeSignInName(browser)).toEqual({
    data: { changeSignInName: { signInName: 'avery' } },
  })
  expect((await world.lettersTo(avery))[0]?.text).toContain('is now avery. It was acme.admin.')
  expect(reasonOf(await verbs.changeSignInName(browser, 'Avery')), 'one’s own in other letters').toBe('none')
  await world.browser().signIn('avery')
  await expect(world.browser().signIn('acme.admin')).rejects.toThrow('SIGN_IN_REFUSED')
})

it('gives a name to one of two who want it at the same moment', async () => {
  const world = await createTestApp()
  const people = [await world.as('acme.admin'), await world.as('demo.admin')]
  const reasons = await Promise.all(
    people.map(async (each) => reasonOf(await verbs.changeSignInName(each, 'best'))),
  )
  expect(reasons.sort()).toEqual(['SIGN_IN_NAME_TAKEN', 'none'])
})

it('changes the mail address once the new one is proven, and tells the former one', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  const emailOf = async () =>
    (await browser.data<{ viewer: { email: string } }>('{ viewer { email } }')).viewer.email
  expect(await verbs.changeEmail(browser)).toEqual({ data: { changeEmail: true } })
  expect(await emailOf()).toBe(avery)
  const token = await tokenFor(world, 'new@example.com', '/confirm-email')
  expect(await confirmEmail(world.browser(), token)).toEqual({ data: { confirmEmail: true } })
  expect(await emailOf()).toBe('new@example.com')
  expect(await subjectsTo(world, avery)).toEqual(['Your mail address has been changed'])
  expect(reasonOf(await confirmEmail(world.browser(), token))).toBe('LINK_NOT_VALID')
})

it('leaves a reset link that went to the former address worthless', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  await browser.query(`mutation { requestPasswordReset(input: { email: "${avery}" }) }`)
  const old = await tokenFor(world, avery, '/reset-password')
  await verbs.changeEmail(browser)
  await confirmEmail(browser, await tokenFor(world, 'new@example.com', '/confirm-email'))
  const { errors } = await browser.query(
    'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) }',
    {
      input: { token: old, password: fresh },
    },
  )
  expect(errors?.[0]?.extensions.reason).toBe('LINK_NOT_VALID')
})

it('does not tell whether another account has an address, and takes it from nobody', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  expect(await verbs.changeEmail(browser, 'Drew@demonstration.example')).toEqual({
    data: { changeEmail: true },
  })
  expect(await subjectsTo(world, 'Drew@demonstration.example')).toEqual([
    'This mail address has an account already',
  ])
  await verbs.changeEmail(browser)
  const late = await tokenFor(world, 'new@example.com', '/confirm-email')
  const other = await world.as('demo.admin')
  await verbs.changeEmail(other)
  world.clock.advance(1)
  const tokens = (await world.lettersTo('new@example.com')).map(
    ({ text }) => /#([\w-]+)/.exec(text)?.[1] ?? '',
  )
  const answers = await Promise.all(tokens.map(async (token) => reasonOf(await confirmEmail(browser, token))))
  expect(tokens).toContain(late)
  expect(answers.sort()).toEqual(['MAIL_ADDRESS_TAKEN', 'none'])
})

it('ends a link to a new address after an hour, and with a change of the password', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  await verbs.changeEmail(browser)
  const first = await tokenFor(world, 'new@example.com', '/confirm-email')
  world.clock.advance(60 * minute)
  expect(reasonOf(await confirmEmail(browser, first))).toBe('LINK_NOT_VALID')
  await browser.signIn('acme.admin')
  await verbs.changeEmail(browser)
  const second = await tokenFor(world, 'new@example.com', '/confirm-email')
  await verbs.changePassword(browser)
  expect(reasonOf(await confirmEmail(browser, second))).toBe('LINK_NOT_VALID')
})

it('voids a visit to UPS.com and every right of the session when the password changes', async () => {
  const world = await createTestApp()
  const browser = await world.as('acme.admin')
  const cookie = browser.cookies.get('optin-hub-session') ?? ''
  await verbs.changePassword(browser)
  const old = world.browser()
  old.cookies.set('optin-hub-session', cookie)
  expect((await old.query('{ companies { totalCount } }')).errors?.[0]?.extensions.code).toBe(
    'UNAUTHENTICATED',
  )
})
