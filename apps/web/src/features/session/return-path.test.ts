import { describe, expect, it } from 'vitest'
import { safeReturnPath } from './return-path'

describe('where sign-in leads back to', () => {
  it.each([
    '/',
    '/applications/rating',
    '/applications/rating/company-manager?company=1&x=%2F%2Fevil.example',
  ])('keeps %s, a path of this application', (path) => {
    expect(safeReturnPath(path)).toBe(path)
  })

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example/',
    '/\n/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    'applications/rating',
    '',
    '/sign-in?returnPath=/sign-in',
    `/${'a'.repeat(2001)}`,
    null,
    undefined,
    ['/applications/rating', '//evil.example'],
  ])('answers / instead of %j', (value) => {
    expect(safeReturnPath(value)).toBe('/')
  })
})
