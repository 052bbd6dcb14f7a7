import { GraphQLError } from 'graphql'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  DomainError,
  defineErrors,
  domainErrorOf,
  errorCodes,
  httpStatusOf,
  logLevelOf,
  publicError,
  type ErrorCode,
} from './errors.js'

const kitchenErrors = defineErrors({
  KITCHEN_CLOSED: { code: 'CONFLICT', message: 'The kitchen is closed.' },
  KITCHEN_ON_FIRE: { code: 'INTERNAL', message: 'The oven at 10.0.0.7 burns.' },
  KITCHEN_GUESSED_AT: { code: 'NOT_FOUND', message: 'There is no such dish.', logLevel: 'warn' },
})

describe('the errors of a slice', () => {
  it('are made by one line each and carry code, reason, message and the level of their code', () => {
    const error = kitchenErrors.KITCHEN_CLOSED()
    expect(error).toBeInstanceOf(DomainError)
    expect(error).toMatchObject({
      name: 'DomainError',
      code: 'CONFLICT',
      reason: 'KITCHEN_CLOSED',
      message: 'The kitchen is closed.',
      logLevel: 'info',
    })
    expect(error).not.toHaveProperty('cause')
    expect(error).not.toHaveProperty('details')
  })

  it('know their reason as a literal type', () => {
    expectTypeOf(kitchenErrors.KITCHEN_CLOSED().reason).toEqualTypeOf<'KITCHEN_CLOSED'>()
    expectTypeOf<keyof typeof kitchenErrors>().toEqualTypeOf<
      'KITCHEN_CLOSED' | 'KITCHEN_ON_FIRE' | 'KITCHEN_GUESSED_AT'
    >()
  })

  it('have a stack that begins at the line that said no', () => {
    function chefSaysNo(): DomainError {
      return kitchenErrors.KITCHEN_CLOSED()
    }
    const firstFrame = chefSaysNo()
      .stack?.split('\n')
      .find((line) => line.trim().startsWith('at '))
    expect(firstFrame).toContain('chefSaysNo')
  })

  it('refuse a reason that is not UPPER_SNAKE when the slice is loaded', () => {
    const message = 'x'
    expect(() => defineErrors({ kitchenClosed: { code: 'CONFLICT', message } })).toThrow('UPPER_SNAKE')
    expect(() => defineErrors({ _KITCHEN: { code: 'CONFLICT', message } })).toThrow('UPPER_SNAKE')
  })
})

describe('what may leave the server', () => {
  it('is message, code, reason, details and the request id of a declared error, and never its cause', () => {
    const cause = new Error('SELECT * FROM dishes')
    const answer = publicError(kitchenErrors.KITCHEN_CLOSED({ cause, details: { opensAt: '08:00' } }), 'r-1')
    expect(answer).toEqual({
      message: 'The kitchen is closed.',
      code: 'CONFLICT',
      reason: 'KITCHEN_CLOSED',
      requestId: 'r-1',
      details: { opensAt: '08:00' },
    })
  })

  it('sees through the wrapper that graphql-js puts around what a resolver threw', () => {
    const wrapped = new GraphQLError('x', { originalError: kitchenErrors.KITCHEN_GUESSED_AT() })
    expect(publicError(wrapped, 'r-2')).toMatchObject({ code: 'NOT_FOUND', reason: 'KITCHEN_GUESSED_AT' })
    expect(domainErrorOf(new GraphQLError('x', { originalError: wrapped }))?.reason).toBe(
      'KITCHEN_GUESSED_AT',
    )
  })

  const undeclared: [string, unknown][] = [
    ['an error nobody declared', new Error('SQLITE_ERROR: no such table: dishes')],
    ['a declared error that is INTERNAL', kitchenErrors.KITCHEN_ON_FIRE({ details: { oven: 3 } })],
    [
      'an error that merely has a declared one as its cause',
      new Error('x', { cause: kitchenErrors.KITCHEN_CLOSED() }),
    ],
    [
      'an object that imitates a declared error',
      { code: 'CONFLICT', reason: 'KITCHEN_CLOSED', message: 'dishes' },
    ],
    ['a thrown string', 'dishes'],
    ['a thrown null', null],
    ['nothing', undefined],
  ]
  it.each(undeclared)('is one fixed sentence with the request id for %s', (_what, error) => {
    expect(publicError(error, 'r-3')).toEqual({
      message: 'Something went wrong on our side. Please quote request r-3 when you ask for help.',
      code: 'INTERNAL',
      requestId: 'r-3',
    })
  })
})

describe('the code of an error', () => {
  it('is one of nine', () => {
    const nine: ErrorCode[] = [
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
      'BAD_USER_INPUT',
      'CONFLICT',
      'REAUTHORIZATION_REQUIRED',
      'UPS_UNAVAILABLE',
      'RATE_LIMITED',
      'INTERNAL',
    ]
    expect([...errorCodes].sort()).toEqual(nine.sort())
  })

  it('decides the HTTP status', () => {
    const statuses = errorCodes.map((code) => [
      code,
      httpStatusOf(new DomainError({ code, reason: 'X', message: 'x' })),
    ])
    expect(Object.fromEntries(statuses)).toEqual({
      UNAUTHENTICATED: 401,
      FORBIDDEN: 403,
      NOT_FOUND: 404,
      BAD_USER_INPUT: 400,
      CONFLICT: 409,
      REAUTHORIZATION_REQUIRED: 409,
      UPS_UNAVAILABLE: 503,
      RATE_LIMITED: 429,
      INTERNAL: 500,
    })
    expect(httpStatusOf(new Error('x'))).toBe(500)
  })

  it('decides how loudly it is logged, unless the one error says otherwise', () => {
    expect(logLevelOf(kitchenErrors.KITCHEN_CLOSED())).toBe('info')
    expect(logLevelOf(kitchenErrors.KITCHEN_GUESSED_AT())).toBe('warn')
    expect(logLevelOf(kitchenErrors.KITCHEN_ON_FIRE())).toBe('error')
    expect(logLevelOf('anything else')).toBe('error')
  })
})
