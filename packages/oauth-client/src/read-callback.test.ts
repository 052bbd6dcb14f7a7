import { describe, expect, it } from 'vitest'
import { CallbackError, Secret, stateOf } from './index.js'
import { aClient, json } from './testing/a-client.js'

const { client, sent } = aClient(() => json({}))
const state = Secret.of('the-state')

function refusal(query: string, expected: Secret | undefined = state): CallbackError {
  try {
    client.readCallback(new URLSearchParams(query), expected)
  } catch (error) {
    if (error instanceof CallbackError) return error
    throw error
  }
  throw new Error('The callback was accepted.')
}

describe('a callback', () => {
  it('gives code and state, and passes over the scope that UPS adds', () => {
    const callback = client.readCallback(new URLSearchParams('code=abc==&scope=read&state=the-state'), state)
    expect(callback.state).toBe('the-state')
    expect(callback.code.reveal()).toBe('abc==')
  })

  it('may be read before the state is compared, when the caller looks its flow up by the state', () => {
    expect(client.readCallback(new URLSearchParams('code=abc&state=anything')).state).toBe('anything')
  })

  it.each([
    ['no state', 'code=abc', 'CALLBACK_STATE_MISSING'],
    ['an empty state', 'code=abc&state=', 'CALLBACK_STATE_MISSING'],
    ['no parameter at all', '', 'CALLBACK_STATE_MISSING'],
    ['another state', 'code=abc&state=other', 'CALLBACK_STATE_MISMATCH'],
    ['a state of the same length', 'code=abc&state=the-stat3', 'CALLBACK_STATE_MISMATCH'],
    ['no code', 'state=the-state&scope=read', 'CALLBACK_CODE_MISSING'],
    ['an empty code', 'code=&state=the-state', 'CALLBACK_CODE_MISSING'],
    ['a doubled code', 'code=abc&code=abc&state=the-state', 'CALLBACK_PARAMETER_REPEATED'],
    ['a doubled state', 'code=abc&state=the-state&state=the-state', 'CALLBACK_PARAMETER_REPEATED'],
    ['a doubled scope', 'code=abc&state=the-state&scope=read&scope=read', 'CALLBACK_PARAMETER_REPEATED'],
    ['a doubled parameter nobody knows', 'code=abc&state=the-state&x=1&x=2', 'CALLBACK_PARAMETER_REPEATED'],
    [
      'an issuer, though UPS declares none',
      'code=abc&state=the-state&iss=https%3A%2F%2Fups.example',
      'CALLBACK_ISSUER_UNEXPECTED',
    ],
    ['an empty issuer', 'code=abc&state=the-state&iss=', 'CALLBACK_ISSUER_UNEXPECTED'],
    ['a doubled issuer', 'code=abc&state=the-state&iss=a&iss=b', 'CALLBACK_PARAMETER_REPEATED'],
    ['access_denied', 'error=access_denied&state=the-state', 'CALLBACK_REFUSED'],
    [
      'access_denied together with a code',
      'error=access_denied&code=abc&state=the-state',
      'CALLBACK_REFUSED',
    ],
    ['an empty error', 'error=&code=abc&state=the-state', 'CALLBACK_ERROR'],
    [
      'an error with a script',
      'error=%3Cscript%3E&error_description=%3Cscript%3E&state=the-state',
      'CALLBACK_ERROR',
    ],
    ['an access token', 'code=abc&token=abc&state=the-state', 'CALLBACK_ERROR'],
    ['an ID token', 'code=abc&id_token=abc&state=the-state', 'CALLBACK_ERROR'],
    ['a JARM response', 'response=abc&state=the-state', 'CALLBACK_ERROR'],
  ])('with %s is refused', (_what, query, code) => {
    expect(refusal(query).code).toBe(code)
  })

  it.each([
    'invalid_request',
    'unauthorized_client',
    'unsupported_response_type',
    'invalid_scope',
    'server_error',
    'temporarily_unavailable',
  ])('with the registered error %s is refused without repeating a word of it', (error) => {
    const thrown = refusal(`error=${error}&error_description=canary&state=the-state`)
    expect(thrown.code).toBe('CALLBACK_ERROR')
    expect(thrown.message).not.toMatch(/canary|invalid|server_/)
  })

  it('that is refused still says which flow it belongs to, if exactly one state was given', () => {
    expect(refusal('error=access_denied&state=the-state').state).toBe('the-state')
    expect(refusal('code=a&code=b&state=the-state').state).toBe('the-state')
    expect(refusal('code=a&state=other').state).toBe('other')
    expect(refusal('code=a&state=1&state=2').state).toBeNull()
    expect(refusal('code=a').state).toBeNull()
  })

  it('never leads to a request by itself', () => {
    expect(sent).toEqual([])
  })
})

describe('UPS: a code is base64, put into the URL unescaped', () => {
  it.each([
    ['a+b/c==', 'a+b/c=='],
    ['a%2Bb/c==', 'a+b/c=='],
    ['+a++==', '+a++=='],
    ['a.b+c', 'a.b c'],
  ])('%s is read as %s', (inUrl, code) => {
    expect(client.readCallback(new URLSearchParams(`state=s&code=${inUrl}`)).code.reveal()).toBe(code)
  })
})

describe('stateOf', () => {
  it.each([
    ['state=a', 'a'],
    ['state=a&state=a', null],
    ['state=a&state=b', null],
    ['state=', null],
    ['', null],
  ])('of "%s" is %s', (query, expected) => {
    expect(stateOf(new URLSearchParams(query))).toBe(expected)
  })
})
