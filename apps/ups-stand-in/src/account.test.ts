import { beforeEach, describe, expect, it } from 'vitest'
import { signInAndAgree } from './stand-in.js'
import { authorizationUrl, Rehearsal, type TokenFields } from './testing/rehearsal.js'

const ACCOUNT = 'http://127.0.0.1:4010/account'

let rehearsal: Rehearsal
let tokens: TokenFields
let cookie: string

function post(
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return rehearsal.fetch(`${ACCOUNT}/${path}`, { method: 'POST', body: new URLSearchParams(fields), headers })
}

async function logIn(): Promise<string> {
  const answer = await post('log-in', { username: 'acme', password: 'ups-demo' })
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

async function account(): Promise<string> {
  const page = await (await rehearsal.fetch(ACCOUNT, { headers: { cookie } })).text()
  return page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

beforeEach(async () => {
  rehearsal = new Rehearsal()
  tokens = await rehearsal.optIn()
  cookie = await logIn()
})

describe('the account page', () => {
  it('shows what the profile has authorized, since when, and that it is live', async () => {
    expect(await account()).toContain(
      'Customer Solutions - Intelligent Rating Since 2026-08-01 12:00:00 UTC Live',
    )
  })

  it('shows a person who is not logged in nothing but the form', async () => {
    const page = await (await rehearsal.fetch(ACCOUNT)).text()
    expect(page).toContain('Email or Username')
    expect(page).not.toContain('Intelligent Rating')
    const wrong = await post('log-in', { username: 'acme', password: 'guess' })
    expect(wrong.headers.getSetCookie()).toEqual([])
  })

  // UPS: a new password voids all tokens of the profile.
  it('ends every authorization of the profile when the password is changed', async () => {
    const answer = await post('password', { current: 'ups-demo', new: 'another' }, { cookie })
    expect(await answer.text()).toContain('1 authorization has ended.')
    expect(await account()).toContain('Void: the password was changed, 2026-08-01 12:00:00 UTC')
    expect((await rehearsal.refresh(tokens.refresh_token)).status).toBe(400)
    const signedIn = signInAndAgree(rehearsal.standIn, authorizationUrl(), {
      username: 'acme',
      password: 'another',
    })
    expect((await signedIn).searchParams.has('code')).toBe(true)
  })

  it('leaves the authorizations of other profiles alone', async () => {
    rehearsal.control.password({ username: 'demo', password: 'another' })
    expect((await rehearsal.refresh(tokens.refresh_token)).status).toBe(200)
  })

  it.each([
    ['the current password is wrong', { current: 'guess', new: 'another' }],
    ['the new one is empty', { current: 'ups-demo', new: '' }],
  ])('changes nothing when %s', async (_when, fields) => {
    expect(await (await post('password', fields, { cookie })).text()).toContain('Nothing was changed.')
    expect((await rehearsal.refresh(tokens.refresh_token)).status).toBe(200)
  })

  it('is deaf to forms that another site posts', async () => {
    const headers = { cookie, origin: 'http://elsewhere.example' }
    await post('password', { current: 'ups-demo', new: 'another' }, headers)
    await post('log-out', {}, headers)
    expect(await account()).toContain('Live')
  })

  it('forgets who was logged in after log out', async () => {
    await post('log-out', {}, { cookie })
    expect(await account()).not.toContain('Account of acme')
  })

  it('keeps its cookie from scripts and from other sites', async () => {
    const answer = await post('log-in', { username: 'acme', password: 'ups-demo' })
    expect(answer.headers.getSetCookie()[0]).toMatch(/; Path=\/account; HttpOnly; SameSite=Strict$/)
  })

  it('says of a grant whose time is over that it is void', async () => {
    rehearsal.control.clock({ advanceSeconds: 5_184_000 })
    expect(await account()).toContain('Void: its refresh token has expired or is used up')
  })
})
