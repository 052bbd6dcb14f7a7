import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { mintApiKey, readApiKey } from './api-key.js'

it('mints keys with a prefix, a public id, 256 random bits and a checksum, and reads them again', () => {
  const key = mintApiKey(randomBytes)
  const text = key.value.reveal()
  expect(text).toMatch(/^oih_[0-9a-f]{16}_[0-9a-f]{72}$/)
  expect(readApiKey(text)).toEqual(key)
  expect(readApiKey(text)?.publicId).toBe(text.slice(4, 20))
  expect(mintApiKey(randomBytes).value.reveal()).not.toBe(text)
})

it('computes the checksum that everybody else computes', () => {
  const text = mintApiKey((size) => Buffer.alloc(size, 0xab)).value.reveal()
  expect(text).toBe(`oih_${'ab'.repeat(8)}_${'ab'.repeat(32)}359a5647`)
})

it('knows a key with any one character changed, missing or added for what it is', () => {
  const text = mintApiKey(randomBytes).value.reveal()
  for (let at = 0; at < text.length; at++) {
    const other = text[at] === '0' ? '1' : '0'
    expect(readApiKey(text.slice(0, at) + other + text.slice(at + 1))).toBeNull()
    expect(readApiKey(text.slice(0, at) + text.slice(at + 1))).toBeNull()
  }
  for (const odd of [
    '',
    ' ',
    `${text} `,
    `${text}\n`,
    text.toUpperCase(),
    `${text}0`,
    'oih__',
    text.slice(4),
  ]) {
    expect(readApiKey(odd)).toBeNull()
  }
})

it('shows the key to nobody who does not ask for it', () => {
  const key = mintApiKey(randomBytes)
  const secret = key.value.reveal().slice(21)
  expect(JSON.stringify(key) + inspect(key) + String(key.value)).not.toContain(secret)
})
