import { ApolloError, type ServerError } from '@apollo/client/core'
import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { errorSentences, toFailure } from './error-sentences'

function answered(extensions: Record<string, unknown>) {
  return new ApolloError({ graphQLErrors: [new GraphQLError('secret detail', { extensions })] })
}

function status(statusCode: number, result: Record<string, unknown> = {}) {
  const networkError = Object.assign(new Error('secret detail'), {
    statusCode,
    result,
  }) as unknown as ServerError
  return new ApolloError({ networkError })
}

describe('what a person is told of a failure', () => {
  it('names reason and request id of the answer, in our sentence for its code', () => {
    expect(toFailure(answered({ code: 'CONFLICT', reason: 'ALREADY', requestId: 'r-1' }))).toEqual({
      code: 'CONFLICT',
      reason: 'ALREADY',
      requestId: 'r-1',
      sentence: errorSentences.CONFLICT,
    })
  })

  it('reads the errors of an answer with an error status from its body', () => {
    const body = { errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED', requestId: 'r-2' } }] }
    expect(toFailure(status(401, body))).toMatchObject({ code: 'UNAUTHENTICATED', requestId: 'r-2' })
  })

  it.each([
    ['a code that we do not know', answered({ code: 'SOMETHING_NEW' }), 'INTERNAL'],
    ['a code of our own making', answered({ code: 'HUB_UNREACHABLE' }), 'INTERNAL'],
    ['too many requests, said by a proxy', status(429), 'RATE_LIMITED'],
    ['a hub away behind its proxy', status(502), 'HUB_UNREACHABLE'],
    ['an error status without a body', status(500), 'INTERNAL'],
    ['no answer at all', new ApolloError({ networkError: new TypeError('fetch failed') }), 'HUB_UNREACHABLE'],
  ])('takes %s for %s', (_what, error, code) => {
    expect(toFailure(error).code).toBe(code)
  })

  it('never repeats the message of the error, whatever it was', () => {
    for (const error of [
      answered({ code: 'INTERNAL' }),
      status(500),
      new Error('secret detail'),
      'secret detail',
    ]) {
      expect(JSON.stringify(toFailure(error))).not.toContain('secret detail')
    }
  })
})
