import { createHash, timingSafeEqual } from 'node:crypto'

export type RandomBytes = (length: number) => Uint8Array

export function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

export function isSame(left: string, right: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(left).digest(),
    createHash('sha256').update(right).digest(),
  )
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

/**
 * UPS: 132 characters of base64 that end in `==`; inside are 8 characters, a hyphen, and base64 of an OpenSSL
 * `Salted__` blob. Here the 8 are always STANDIN0, so that one search finds any code that leaked
 * (`U1RBTkRJTjA`). What is random are 56 bytes.
 */
export function newCode(randomBytes: RandomBytes): string {
  const blob = Buffer.concat([Buffer.from('Salted__'), randomBytes(56)]).toString('base64')
  return Buffer.from(`STANDIN0-${blob}`).toString('base64')
}

/** UPS: opaque, up to 1000 characters; a store with a narrower column should be found out here. */
export function newAccessToken(randomBytes: RandomBytes): string {
  return `standin-access-${base64url(randomBytes(720))}`
}

export function newRefreshToken(randomBytes: RandomBytes): string {
  return `standin-refresh-${base64url(randomBytes(72))}`
}

export function newHandle(randomBytes: RandomBytes): string {
  return base64url(randomBytes(32))
}
