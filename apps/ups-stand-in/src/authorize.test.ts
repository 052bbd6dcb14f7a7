import { describe, expect, it } from 'vitest'
import { authorizationUrl, errorOf, RATING, Rehearsal } from './testing/rehearsal.js'

describe('authorize', () => {
  // UPS: 302 with Location, appname and displayname; the query goes along, with type=ups_com_api.
  it('sends the browser to a login page of its own and names the application in two headers', async () => {
    const rehearsal = new Rehearsal()
    const answer = await rehearsal.fetch(authorizationUrl())
    const location = new URL(answer.headers.get('location') ?? '')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('appname')).toBe('Intelligent Rating')
    expect(answer.headers.get('displayname')).toBe('Intelligent Rating')
    expect(location.pathname).toBe('/lasso/signin')
    expect(Object.fromEntries(location.searchParams)).toEqual({
      client_id: 'rating-client',
      redirect_uri: RATING.redirectUri,
      response_type: 'code',
      scope: 'read',
      state: 'a-state',
      type: 'ups_com_api',
    })
    expect(rehearsal.story()).toEqual(['authorize sent-to-login'])
  })

  it('names an application whose name does not fit into a header', async () => {
    const application = { ...RATING, name: 'UPS® Rating ✓' }
    const answer = await new Rehearsal({ applications: [application] }).fetch(authorizationUrl())
    expect(answer.headers.get('appname')).toBe('UPS® Rating ?')
  })

  // UPS: the error is JSON in the browser window; there is no way back with error=.
  it.each([
    [
      'an unknown client',
      { client_id: 'nobody' },
      { status: 401, code: '10401', message: 'ClientId is Invalid' },
    ],
    [
      'an unregistered address',
      { redirect_uri: 'http://localhost:4000/' },
      { status: 400, code: '10400', message: 'Invalid Redirect URL' },
    ],
    [
      'the address in capitals',
      { redirect_uri: RATING.redirectUri.toUpperCase() },
      { status: 400, code: '10400', message: 'Invalid Redirect URL' },
    ],
    [
      'another response type',
      { response_type: 'token' },
      { status: 400, code: '10400', message: 'Invalid/Missing Response Type' },
    ],
    [
      'a challenge that is no SHA-256',
      { code_challenge: 'short' },
      { status: 400, code: '10400', message: 'Invalid Code Challenge' },
    ],
  ])('strands the person, with JSON, for %s', async (_what, changes, error) => {
    const answer = await new Rehearsal().fetch(authorizationUrl(changes))
    expect(answer.headers.get('location')).toBeNull()
    expect(answer.headers.get('errorcode')).toBe(error.code)
    expect(await errorOf(answer)).toEqual(error)
  })

  // RFC 6749 3.1
  it('refuses a parameter that comes twice', async () => {
    const url = authorizationUrl()
    url.searchParams.append('state', 'another')
    const answer = await new Rehearsal().fetch(url)
    expect((await errorOf(answer)).message).toBe('Invalid Request')
  })

  // UPS: clients exist that find the error by its compact text, code first, and that break on an apostrophe.
  it('writes errors compactly, the code before the message, without an apostrophe', async () => {
    const answer = await new Rehearsal().fetch(authorizationUrl({ redirect_uri: 'x' }))
    expect(await answer.text()).toBe(
      '{"response":{"errors":[{"code":"10400","message":"Invalid Redirect URL"}]}}',
    )
  })
})

describe('the challenge method, which UPS does not document', () => {
  const challenge = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }

  it('implies S256 and honours it when it is named', async () => {
    const rehearsal = new Rehearsal()
    expect((await rehearsal.fetch(authorizationUrl(challenge))).status).toBe(302)
    const named = { ...challenge, code_challenge_method: 'S256' }
    expect((await rehearsal.fetch(authorizationUrl(named))).status).toBe(302)
  })

  it.each([
    ['honour', 'plain', 400],
    ['ignore', 'plain', 302],
    ['refuse', 'S256', 400],
  ] as const)('with the quirk %s, %s is answered %i', async (quirk, method, status) => {
    const rehearsal = new Rehearsal()
    rehearsal.control.quirks({ challengeMethod: quirk })
    const answer = await rehearsal.fetch(authorizationUrl({ ...challenge, code_challenge_method: method }))
    expect(answer.status).toBe(status)
  })
})
