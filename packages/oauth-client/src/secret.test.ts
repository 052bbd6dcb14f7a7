import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Secret } from './index.js'

const secret = Secret.of('canary')

it('shows itself to nobody who does not ask by name', () => {
  const seen = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true }),
  ]
  seen.push(JSON.stringify(Object.entries(secret)), JSON.stringify(structuredClone({ ...secret })))
  expect(seen.join()).not.toContain('canary')
  expect(seen[0]).toBe('[secret]')
})

it('reveals its value', () => {
  expect(secret.reveal()).toBe('canary')
})

it('refuses to hold nothing', () => {
  expect(() => Secret.of('')).toThrow(TypeError)
  expect(() => Secret.of(undefined as unknown as string)).toThrow(TypeError)
})
