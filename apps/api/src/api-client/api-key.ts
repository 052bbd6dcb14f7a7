import { crc32 } from 'node:zlib'
import { Secret } from '@optin-hub/oauth-client'

/**
 * `oih_<public id>_<secret><checksum>`, in hex: the prefix lets a secret scanner recognise a leaked key, the checksum
 * tells a mistyped or invented one before the database is asked (S-48).
 */
const form = /^oih_([0-9a-f]{16})_([0-9a-f]{64})([0-9a-f]{8})$/

export interface ApiKey {
  /** By which the key is looked up; no secret. */
  publicId: string
  /** The whole key. */
  value: Secret
}

export function mintApiKey(randomBytes: (size: number) => Buffer): ApiKey {
  const publicId = randomBytes(8).toString('hex')
  const body = `oih_${publicId}_${randomBytes(32).toString('hex')}`
  return { publicId, value: Secret.of(body + checksumOf(body)) }
}

export function readApiKey(text: string): ApiKey | null {
  const [, publicId, secret, checksum] = form.exec(text) ?? []
  if (!publicId || !secret || checksumOf(`oih_${publicId}_${secret}`) !== checksum) return null
  return { publicId, value: Secret.of(text) }
}

const checksumOf = (body: string): string => crc32(body).toString(16).padStart(8, '0')
