import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { CallbackError, OAuthError, type FailureClass } from './index.js'

const classes: [OAuthError['code'], FailureClass][] = [
  ['CODE_REFUSED', 'grant'],
  ['REFRESH_TOKEN_REFUSED', 'grant'],
  ['CLIENT_REFUSED', 'application'],
  ['CLIENT_BLOCKED', 'application'],
  ['REQUEST_REFUSED', 'application'],
  ['RATE_LIMITED', 'transient'],
  ['SERVER_UNAVAILABLE', 'transient'],
  ['CONNECTION_FAILED', 'transient'],
  ['REDIRECT_REFUSED', 'transient'],
  ['ANSWER_UNREADABLE', 'transient'],
  ['GATEWAY_FAILED', 'unknown-outcome'],
  ['CONNECTION_LOST', 'unknown-outcome'],
  ['TIMED_OUT', 'unknown-outcome'],
  ['TOKEN_ANSWER_INVALID', 'unknown-outcome'],
]

it.each(classes)('%s is of the class %s', (code, failure) => {
  expect(new OAuthError(code).failure).toBe(failure)
})

it('keeps of a foreign cause its code only, because a fetch may put the whole request into its error', () => {
  const socket = Object.assign(new Error('canary'), { code: 'ECONNRESET', request: { headers: 'canary' } })
  const error = new OAuthError('CONNECTION_LOST', { cause: new TypeError('canary', { cause: socket }) })
  expect(error.cause).toMatchObject({ message: 'ECONNRESET', code: 'ECONNRESET' })
  expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('canary')
})

it('does not take a sentence for a code', () => {
  const cause = Object.assign(new Error('x'), { code: 'the token was canary' })
  expect(new OAuthError('CONNECTION_LOST', { cause }).cause).toBeUndefined()
})

it('leaves out what is not known', () => {
  const error = new OAuthError('TIMED_OUT')
  expect(Object.keys(error)).not.toEqual(expect.arrayContaining(['status']))
  expect('status' in error || 'upsCode' in error || 'retryAfterMs' in error).toBe(false)
})

it('holds the state of a callback for the caller and not for the log', () => {
  const error = new CallbackError('CALLBACK_REFUSED', 'canary')
  expect(error.state).toBe('canary')
  expect(inspect(error, { showHidden: true }) + JSON.stringify(error)).not.toContain('canary')
})
