import { createHmac } from 'node:crypto'

/** What is hashed for what: the same value under two purposes gives two unrelated hashes. */
export type HashPurpose =
  | 'session'
  | 'state'
  | 'cursor'
  | 'api-key'
  | 'audit-record'
  | 'audit-chain'
  | 'account-link'
  | 'attempt'
  | 'set-up'
  | 'invitation'

/** HMAC-SHA256 under the installation's own key, in hex: how one-way secrets are stored (S-45). */
export type KeyedHash = (purpose: HashPurpose, value: string) => string

export function createKeyedHash(key: Buffer): KeyedHash {
  return (purpose, value) => createHmac('sha256', key).update(`${purpose}\0${value}`).digest('hex')
}
