import { timingSafeEqual } from 'node:crypto'
import { DomainError } from './errors.js'
import type { KeyedHash } from './keyed-hash.js'

/**
 * Cursors are opaque and authenticated: one made for another list or company, or by hand, is refused (S-83).
 * `scope` names the list that the cursor belongs to.
 */
export class Cursors {
  constructor(private readonly hash: KeyedHash) {}

  seal(scope: string, position: (string | number)[]): string {
    const body = JSON.stringify(position)
    return Buffer.from(JSON.stringify([body, this.#tag(scope, body)])).toString('base64url')
  }

  open(scope: string, cursor: string): (string | number)[] {
    try {
      const [body, tag] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string, string]
      const expected = Buffer.from(this.#tag(scope, body))
      const given = Buffer.from(tag)
      if (given.length === expected.length && timingSafeEqual(given, expected)) {
        return JSON.parse(body) as (string | number)[]
      }
    } catch {
      // Not one of ours: the answer below is the same for every way of being wrong.
    }
    throw new DomainError({
      code: 'BAD_USER_INPUT',
      reason: 'CURSOR_NOT_VALID',
      message: 'This cursor does not belong to this list. Start again from its first page.',
    })
  }

  #tag(scope: string, body: string): string {
    return this.hash('cursor', `${scope}\0${body}`).slice(0, 32)
  }
}
