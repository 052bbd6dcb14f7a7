import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { Secret } from '@optin-hub/oauth-client'

declare const sealedBrand: unique symbol

/** Ciphertext as it is stored: `v1.<key id>.<salt>.<nonce>.<ciphertext>.<tag>`, the last four in base64url. */
export type Sealed = string & { readonly [sealedBrand]: true }

/** Where a value belongs. A value that was moved anywhere else does not open. */
export interface SealContext {
  readonly table: string
  readonly rowId: string
  readonly column: string
  /** null where the row belongs to no company, application or generation; that is bound as well. */
  readonly companyId: string | null
  readonly application: string | null
  readonly generation: number | null
}

/**
 * One message for every failure, so that the outside cannot tell a moved value from a damaged one. The operator
 * can: a key id that is not configured means that all such values are safe and wait for their key.
 */
export class SealError extends Error {
  readonly reason: 'UNKNOWN_KEY' | 'NOT_GENUINE'

  constructor(reason: SealError['reason']) {
    super('a sealed value could not be opened')
    this.name = 'SealError'
    this.reason = reason
  }
}

export interface Sealer {
  readonly currentKeyId: string
  seal(plaintext: Secret | Buffer, context: SealContext): Sealed
  open(sealed: string, context: SealContext): Secret
  openBytes(sealed: string, context: SealContext): Buffer
  /** Which root key a stored value needs, without opening it. */
  keyIdOf(sealed: string): string
}

const version = 'v1'
const cipher = 'aes-256-gcm'
const bytes = { key: 32, salt: 16, nonce: 12, tag: 16 }
const keyIdPattern = /^[a-z0-9-]{1,16}$/

/** How everything begins that was sealed under this key: lets a database find it without opening anything. */
export const sealedPrefix = (keyId: string): string => `${version}.${keyId}.`

interface Parts {
  keyId: string
  salt: Buffer
  nonce: Buffer
  ciphertext: Buffer
  tag: Buffer
}

/** The first key seals, all of them open. */
export function createSealer(
  keys: readonly { readonly id: string; readonly key: Buffer }[],
  random: (size: number) => Uint8Array = randomBytes,
): Sealer {
  const roots = new Map(keys.map(({ id, key }) => [id, rootKey(id, key)]))
  const current = keys[0]
  if (!current || roots.size !== keys.length)
    throw new TypeError('a sealer needs keys, each with an id of its own')

  function openBytes(sealed: string, context: SealContext): Buffer {
    const { keyId, salt, nonce, ciphertext, tag } = parse(sealed)
    const root = roots.get(keyId)
    if (!root) throw new SealError('UNKNOWN_KEY')
    const decipher = createDecipheriv(cipher, recordKey(root, salt), nonce, { authTagLength: bytes.tag })
    decipher.setAAD(additionalData(keyId, context)).setAuthTag(tag)
    const plaintext = decipher.update(ciphertext)
    try {
      return Buffer.concat([plaintext, decipher.final()])
    } catch {
      plaintext.fill(0)
      throw new SealError('NOT_GENUINE')
    }
  }

  return {
    currentKeyId: current.id,
    openBytes,

    seal(plaintext, context) {
      const root = roots.get(current.id) as KeyObject
      const salt = random(bytes.salt)
      const nonce = random(bytes.nonce)
      const encipher = createCipheriv(cipher, recordKey(root, salt), nonce, { authTagLength: bytes.tag })
      encipher.setAAD(additionalData(current.id, context))
      const clear = Buffer.isBuffer(plaintext) ? plaintext : Buffer.from(plaintext.reveal(), 'utf8')
      const ciphertext = Buffer.concat([encipher.update(clear), encipher.final()])
      const binary = [salt, nonce, ciphertext, encipher.getAuthTag()]
      return [version, current.id, ...binary.map((part) => Buffer.from(part).toString('base64url'))].join(
        '.',
      ) as Sealed
    },

    open(sealed, context) {
      const plaintext = openBytes(sealed, context)
      try {
        return Secret.of(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plaintext))
      } catch {
        // Bytes that were sealed as a Buffer: a string of them would be another value.
        throw new SealError('NOT_GENUINE')
      }
    },

    keyIdOf: (sealed) => parse(sealed).keyId,
  }
}

function rootKey(id: string, key: Buffer): KeyObject {
  if (!keyIdPattern.test(id)) throw new TypeError('a key id is 1 to 16 of a-z, 0-9 and -')
  if (key.length !== bytes.key) throw new TypeError(`key "${id}" does not have ${bytes.key} bytes`)
  return createSecretKey(key)
}

/**
 * A key for each value (RFC 5869): random nonces of 96 bits under one key would run into the limit of
 * NIST SP 800-38D section 8.3 after 2^32 values.
 */
function recordKey(root: KeyObject, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', root, salt, `optin-hub/seal/${version}`, bytes.key))
}

/** A JSON array of strings, numbers and null: no two contexts share an encoding, whatever their strings contain. */
function additionalData(keyId: string, context: SealContext): Buffer {
  const { table, rowId, column, companyId, application, generation } = context
  const place = [table, rowId, column, companyId, application, generation]
  // JSON would write undefined and NaN as null, which is a place of its own here.
  if (place.some((part) => part === undefined || (typeof part === 'number' && !Number.isSafeInteger(part))))
    throw new TypeError('a seal context names its whole place, with null where there is none')
  return Buffer.from(JSON.stringify([version, keyId, ...place]))
}

function parse(sealed: string): Parts {
  const texts = typeof sealed === 'string' ? sealed.split('.') : []
  const [format, keyId = '', ...encoded] = texts
  const binary = encoded.map((text) => Buffer.from(text, 'base64url'))
  const [salt, nonce, ciphertext, tag] = binary
  if (format !== version || !keyIdPattern.test(keyId) || binary.length !== 4)
    throw new SealError('NOT_GENUINE')
  if (!salt || !nonce || !ciphertext || !tag) throw new SealError('NOT_GENUINE')
  // Node reads base64url leniently: without this, the unused bits of a last character could be changed unnoticed.
  const isCanonical = binary.every((part, index) => part.toString('base64url') === encoded[index])
  const hasSizes = salt.length === bytes.salt && nonce.length === bytes.nonce && tag.length === bytes.tag
  if (!isCanonical || !hasSizes) throw new SealError('NOT_GENUINE')
  return { keyId, salt, nonce, ciphertext, tag }
}
