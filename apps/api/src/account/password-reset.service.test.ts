import { expect, it } from 'vitest'
import { demoPassword } from '../demo.seed.js'
import type { Browser } from '../testing/browser.js'
import { createTestApp } from '../testing/create-test-app.js'
import { subjectsTo, tokenFor } from '../testing/letters.js'

const minute = 60_000
const avery = 'avery@acme.example'
const fresh = 'a song that nobody sings'

const ask = (browser: Browser, email = avery) =>
  browser.query('mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) }', {
    input: { email },
  })

const reset = (browser: Browser, token: string, password = fresh) =>
  browser.query('mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) }', {
    input: { token, password },
  })

const reasonOf = ({ errors }: Awaited<ReturnType<typeof ask>>) => errors?.[0]?.extensions.reason ?? 'none'
const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.data<{ viewer: unknown }>('{ viewer { id } }')).viewer !== null

it('sets a new password by a link that works once, ends every session, signs nobody in, and tells the person', async () => {
  const world = await createTestApp()
  const before = await world.as('acme.admin')
  const browser = world.browser()
  expect(await ask(browser, ' Avery@acme.example'.trim())).toEqual({ data: { requestPasswordReset: true } })
  const token = await tokenFor(world, avery, '/reset-password')
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(reasonOf(await reset(browser, token, 'password1')), 'the link is good for another try').toBe(
    'PASSWORD_TOO_COMMON',
  )
  expect(await reset(browser, token)).toEqual({ data: { resetPassword: true } })
  expect([await isSignedIn(browser), await isSignedIn(before)]).toEqual([false, false])
  expect(await subjectsTo(world, avery)).toContain('Your password has been changed')
  await expect(browser.signIn('acme.admin', demoPassword)).rejects.toThrow('SIGN_IN_REFUSED')
  await browser.signIn('acme.admin', fresh)
  expect(reasonOf(await reset(browser, token)), 'a second time').toBe('LINK_NOT_VALID')
})

it('lets one of fifty at once use a link', async () => {
  const world = await createTestApp()
  await ask(world.browser())
  const token = await tokenFor(world, avery, '/reset-password')
  const passwords = Array.from({ length: 50 }, (_, index) => `a song for number ${index}`)
  const answers = await Promise.all(passwords.map((password) => reset(world.browser(), token, password)))
  const winners = passwords.filter((_, index) => !answers[index]?.errors)
  expect(winners).toHaveLength(1)
  await world.browser().signIn('acme.admin', winners[0])
}, 60_000)

it('ends a link after ten minutes, with the next one, and with any other change of the password', async () => {
  const world = await createTestApp()
  const newLink = async () => {
    world.clock.advance(1)
    await ask(world.browser())
    return tokenFor(world, avery, '/reset-password')
  }
  const old = await newLink()
  world.clock.advance(10 * minute)
  expect(reasonOf(await reset(world.browser(), old))).toBe('LINK_NOT_VALID')
  const replaced = await newLink()
  const current = await newLink()
  expect(reasonOf(await reset(world.browser(), replaced))).toBe('LINK_NOT_VALID')

  const browser = await world.as('acme.admin')
  const input = { password: 'another song altogether' }
  await browser.data('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }', { input })
  expect(reasonOf(await reset(world.browser(), current))).toBe('LINK_NOT_VALID')
})

it('answers alike for an address that nobody has, and writes to those who have an account only', async () => {
  const world = await createTestApp()
  const answer = async (email: string) => {
    const begun = performance.now()
    const response = await world.browser().post(
      JSON.stringify({
        query: 'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) }',
        variables: { input: { email } },
      }),
    )
    const { 'x-request-id': _id, date: _date, ...headers } = response.headers
    const ms = performance.now() - begun
    return { answer: [response.statusCode, headers, response.body], ms }
  }
  const known = await answer(avery)
  const unknown = await answer('nobody@example.com')
  expect(unknown.answer).toEqual(known.answer)
  // Both wait for the same moment: what is written meanwhile does not show.
  expect(Math.min(known.ms, unknown.ms)).toBeGreaterThanOrEqual(95)
  expect(await world.lettersTo('nobody@example.com')).toEqual([])
})

it('writes three letters an hour to one account, whoever asks', async () => {
  const world = await createTestApp()
  for (let each = 0; each < 5; each++) expect(reasonOf(await ask(world.browser()))).toBe('none')
  expect(await subjectsTo(world, avery)).toHaveLength(3)
  world.clock.advance(60 * minute)
  await ask(world.browser())
  expect(await subjectsTo(world, avery)).toHaveLength(4)
})

it('opens an account that somebody else has locked by guessing', async () => {
  const world = await createTestApp()
  for (let tries = 0; tries < 6; tries++)
    await expect(world.browser().signIn('acme.admin', 'wrong')).rejects.toThrow('SIGN_IN_REFUSED')
  await expect(world.browser().signIn('acme.admin')).rejects.toThrow('SIGN_IN_REFUSED')
  await ask(world.browser())
  await reset(world.browser(), await tokenFor(world, avery, '/reset-password'))
  await world.browser().signIn('acme.admin', fresh)
})

it('links to the public address whatever the request says', async () => {
  const world = await createTestApp()
  const body = JSON.stringify({
    query: `mutation { requestPasswordReset(input: { email: "${avery}" }) }`,
  })
  await world.browser().post(body, { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' })
  const poisoned = await world.browser().post(body, { host: 'evil.example' })
  expect(poisoned.statusCode).toBe(421)
  const letters = await world.lettersTo(avery)
  expect(letters).toHaveLength(1)
  for (const { text, html } of letters) {
    expect(text).toContain('http://localhost:4000/reset-password#')
    expect(text + html).not.toContain('evil')
  }
})

it('answers as fast while the mail server is away', async () => {
  const world = await createTestApp({
    environment: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'hub@example.com' },
  })
  expect(await ask(world.browser())).toEqual({ data: { requestPasswordReset: true } })
  expect(await world.app.sendLetters()).toBe(1)
  expect(await ask(world.browser())).toEqual({ data: { requestPasswordReset: true } })
})
