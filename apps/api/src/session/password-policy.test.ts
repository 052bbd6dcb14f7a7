import { expect, it } from 'vitest'
import { requireGoodPassword } from './password-policy.js'

const me = ['avery.acme', 'avery@acme-outfitters.example']

function verdict(password: string): string {
  try {
    requireGoodPassword(password, me)
    return 'good'
  } catch (error) {
    return (error as { reason: string }).reason
  }
}

it.each([
  'seven77',
  'ü'.repeat(7),
  // Seven letters, however they are composed, and seven that take two units each.
  'é'.normalize('NFD').repeat(7),
  '🐪'.repeat(7),
])('finds %j too short', (password) => expect(verdict(password)).toBe('PASSWORD_TOO_SHORT'))

it.each(['password', 'PassWord', '12345678', 'baseball', 'trustno1', '1qaz2wsx', 'qwertyuiop'])(
  'finds %s on the list that attackers begin with',
  (password) => expect(verdict(password)).toBe('PASSWORD_TOO_COMMON'),
)

it.each(['avery.acme', 'Avery.Acme1!', 'acme-outfitters', 'OptInHub2026!', 'opt-in-hub-demo', 'xx avery xx'])(
  'finds %s little more than a name',
  (password) => expect(verdict(password)).toBe('PASSWORD_TOO_PERSONAL'),
)

it.each([
  'correct horse battery staple',
  'zwölf Äpfel',
  'пароль-как-песня',
  '🐪🦒🐘🦓🦏🦛🐆🐅',
  'optinhub and what I had for breakfast',
  'x7#kQ!p2',
  `${'ab'.repeat(70)}!`,
])('takes %j', (password) => expect(verdict(password)).toBe('good'))
