import { createHash } from 'node:crypto'
import { Secret } from '@optin-hub/oauth-client'
import { describe, expect, it } from 'vitest'
import { createSealer, SealError, type SealContext, type Sealed } from './seal.js'

const keyOf = (id: string) => ({ id, key: createHash('sha256').update(id).digest() })

const place: SealContext = {
  table: 'token_set',
  rowId: '0190-1',
  column: 'refresh_token',
  companyId: 'acme',
  application: 'RATING',
  generation: 3,
}

const sealer = createSealer([keyOf('k1')])
const token = Secret.of('canary-refresh-token-0001')
const bytesOf = (sealed: Sealed) => sealed.split('.').map((part) => Buffer.from(part, 'base64url'))

function refusal(work: () => unknown): SealError {
  try {
    work()
  } catch (error) {
    if (error instanceof SealError) return error
    throw error
  }
  throw new Error('the value opened')
}

describe('a sealed value', () => {
  it('opens to what was sealed, as a secret or as bytes', () => {
    for (const text of ['x', 'Zürich ✓ \u0000\uFEFF', 'y'.repeat(100_000)])
      expect(sealer.open(sealer.seal(Secret.of(text), place), place).reveal()).toBe(text)
    for (const binary of [Buffer.from([0, 255, 254, 1]), Buffer.alloc(0)])
      expect(sealer.openBytes(sealer.seal(binary, place), place)).toEqual(binary)
  })

  it('is refused as a secret when its bytes are no text or empty, rather than answered as another value', () => {
    for (const binary of [Buffer.from([255, 254]), Buffer.alloc(0)])
      expect(refusal(() => sealer.open(sealer.seal(binary, place), place)).reason).toBe('NOT_GENUINE')
  })

  it('is one text of version, key id, 128-bit salt, 96-bit nonce, ciphertext and 128-bit tag', () => {
    const sealed = sealer.seal(token, place)
    expect(sealed).toMatch(/^v1\.k1(\.[\w-]+){4}$/)
    const [, , salt, nonce, ciphertext, tag] = bytesOf(sealed).map((part) => part.length)
    expect({ salt, nonce, ciphertext, tag }).toEqual({ salt: 16, nonce: 12, ciphertext: 25, tag: 16 })
    expect(sealer.keyIdOf(sealed)).toBe('k1')
  })

  it('never repeats: equal plaintexts in one place give different salts, nonces and ciphertexts', () => {
    const seen = { salt: new Set<string>(), nonce: new Set<string>(), ciphertext: new Set<string>() }
    for (let n = 0; n < 5_000; n += 1) {
      const [, , salt = '', nonce = '', ciphertext = ''] = sealer.seal(token, place).split('.')
      seen.salt.add(salt)
      seen.nonce.add(nonce)
      seen.ciphertext.add(ciphertext)
    }
    expect([seen.salt.size, seen.nonce.size, seen.ciphertext.size]).toEqual([5_000, 5_000, 5_000])
  })

  it('has a key of its own: even under a nonce that repeats, two values share no key stream', () => {
    let calls = 0
    const repeating = createSealer([keyOf('k1')], (size) =>
      Buffer.alloc(size, size === 16 ? (calls += 1) : 7),
    )
    const [first, second] = [repeating.seal(token, place), repeating.seal(token, place)].map(bytesOf)
    expect(first?.[3]).toEqual(second?.[3])
    expect(first?.[4]).not.toEqual(second?.[4])
  })

  it('shows nothing of its plaintext', () => {
    const sealed = sealer.seal(token, place)
    expect(sealed).not.toContain('canary')
    expect(Buffer.concat(bytesOf(sealed)).includes('canary')).toBe(false)
  })

  it('is read by a later version of this program: the format is fixed', () => {
    const counting = createSealer([keyOf('k1')], (size) => Buffer.alloc(size, size))
    expect(counting.seal(token, place)).toBe(
      'v1.k1.EBAQEBAQEBAQEBAQEBAQEA.DAwMDAwMDAwMDAwM.M3ntF6Dukzy0p94hKfxeRRRBO0zMLjKBYg.5IgiJ0WD6j3UUo_h6LD5PQ',
    )
  })
})

describe('a value that was changed', () => {
  const sealed = sealer.seal(token, place)

  it('is found whichever single bit was flipped', () => {
    let flips = 0
    for (let position = 0; position < sealed.length; position += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = String.fromCharCode(sealed.charCodeAt(position) ^ (1 << bit))
        const changed = sealed.slice(0, position) + flipped + sealed.slice(position + 1)
        expect(() => sealer.open(changed, place), `bit ${bit} of character ${position}`).toThrow(SealError)
        flips += 1
      }
    expect(flips).toBe(sealed.length * 8)
  })

  it('is found at whatever length it was cut off', () => {
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => sealer.open(sealed.slice(0, length), place)).toThrow(SealError)
  })

  const [version, id, salt, nonce, ciphertext, tag] = sealed.split('.') as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const forgeries: [string, unknown][] = [
    ['empty', ''],
    ['extended by a character', `${sealed}A`],
    ['extended by a part', `${sealed}.AAAA`],
    ['padded', `${sealed}==`],
    ['surrounded by blanks', ` ${sealed}\n`],
    ['in plain text', 'canary-refresh-token-0001'],
    ['of another version', sealed.replace('v1', 'v2')],
    ['without a tag', [version, id, salt, nonce, ciphertext, ''].join('.')],
    ['with a tag cut to 96 bits', [version, id, salt, nonce, ciphertext, tag.slice(0, 16)].join('.')],
    ['without ciphertext', [version, id, salt, nonce, '', tag].join('.')],
    ['with salt and nonce exchanged', [version, id, nonce, salt, ciphertext, tag].join('.')],
    ['null', null],
    ['undefined', undefined],
  ]
  it.each(forgeries)('is refused when it is %s', (_what, forged) => {
    expect(refusal(() => sealer.open(forged as string, place)).reason).toBe('NOT_GENUINE')
  })

  it('is refused with parts of another value of the same place', () => {
    const mine = sealed.split('.')
    const other = sealer.seal(Secret.of('canary-refresh-token-0002'), place).split('.')
    for (const part of [2, 3, 4, 5]) {
      const mixed = mine.with(part, other[part] ?? '').join('.')
      expect(() => sealer.open(mixed, place)).toThrow(SealError)
    }
  })
})

describe('a value that was moved', () => {
  const sealed = sealer.seal(token, place)
  const moves: [string, Partial<SealContext>][] = [
    ['another table', { table: 'hash_key' }],
    ['another row', { rowId: '0190-2' }],
    ['another column', { column: 'access_token' }],
    ['another company', { companyId: 'demo' }],
    ['no company', { companyId: null }],
    ['another application', { application: 'PICKUP_MANAGER' }],
    ['an older generation', { generation: 2 }],
    ['a newer generation', { generation: 4 }],
    ['no generation', { generation: null }],
  ]
  it.each(moves)('to %s is refused', (_what, move) => {
    expect(refusal(() => sealer.open(sealed, { ...place, ...move })).reason).toBe('NOT_GENUINE')
    expect(refusal(() => sealer.open(sealer.seal(token, { ...place, ...move }), place)).reason).toBe(
      'NOT_GENUINE',
    )
  })

  it('is not confused by names that run together', () => {
    const one = { ...place, table: 'a', rowId: 'b","c', column: 'd' }
    const two = { ...place, table: 'a","b', rowId: 'c', column: 'd' }
    expect(() => sealer.open(sealer.seal(token, one), two)).toThrow(SealError)
    const empty = { ...place, companyId: '' }
    expect(() => sealer.open(sealer.seal(token, empty), { ...place, companyId: null })).toThrow(SealError)
  })

  it('cannot be sealed at a place that is only half named', () => {
    const half = { ...place, rowId: undefined } as unknown as SealContext
    expect(() => sealer.seal(token, half)).toThrow(TypeError)
    expect(() => sealer.seal(token, { ...place, generation: Number.NaN })).toThrow(TypeError)
  })
})

describe('several root keys', () => {
  const older = sealer.seal(token, place)

  it('seal with the first and open with all', () => {
    const rotated = createSealer([keyOf('k2'), keyOf('k1')])
    expect(rotated.currentKeyId).toBe('k2')
    expect(rotated.keyIdOf(rotated.seal(token, place))).toBe('k2')
    expect(rotated.open(older, place).reveal()).toBe(token.reveal())
  })

  it('leave nothing that needs the old key once every value was sealed again', () => {
    const rotated = createSealer([keyOf('k2'), keyOf('k1')])
    const again = rotated.seal(rotated.open(older, place), place)
    expect(
      createSealer([keyOf('k2')])
        .open(again, place)
        .reveal(),
    ).toBe(token.reveal())
  })

  it('tell the operator that a key is missing, and tell the outside what every failure says', () => {
    const missing = refusal(() => createSealer([keyOf('k2')]).open(older, place))
    const damaged = refusal(() => sealer.open(`${older.slice(0, -2)}AA`, place))
    expect([missing.reason, damaged.reason]).toEqual(['UNKNOWN_KEY', 'NOT_GENUINE'])
    expect([missing.name, missing.message]).toEqual([damaged.name, damaged.message])
  })

  it('do not open each other: another key under the same id is refused as not genuine', () => {
    const impostor = createSealer([{ id: 'k1', key: keyOf('k9').key }])
    expect(refusal(() => impostor.open(older, place)).reason).toBe('NOT_GENUINE')
  })

  it('bind their id: a value renamed to another configured key is refused', () => {
    const twins = createSealer([keyOf('k1'), { id: 'k3', key: keyOf('k1').key }])
    expect(() => twins.open(older.replace('.k1.', '.k3.'), place)).toThrow(SealError)
  })

  it('must be there, whole, and named apart', () => {
    expect(() => createSealer([])).toThrow(TypeError)
    expect(() => createSealer([keyOf('k1'), keyOf('k1')])).toThrow(TypeError)
    expect(() => createSealer([{ id: 'k1', key: Buffer.alloc(31) }])).toThrow('32 bytes')
    expect(() => createSealer([{ id: 'K.1', key: Buffer.alloc(32) }])).toThrow('key id')
  })
})

describe('a refusal', () => {
  it('carries no byte of the value, the key or the plaintext', () => {
    const error = refusal(() => sealer.open(sealer.seal(token, place), { ...place, rowId: 'other' }))
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/canary|token_set|acme|v1\./)
    expect(error.cause).toBeUndefined()
  })
})
