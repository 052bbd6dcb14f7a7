import { hashOf, newCode } from './secret-values.js'
import type { AuthorizationCode } from './state.js'
import type { Store } from './store.js'

const KEPT_AFTER_EXPIRY_MS = 60 * 60 * 1000
const LIMIT = 10_000

/** Authorization codes, from the log in to the one exchange. */
export class Codes {
  constructor(private readonly store: Store) {}

  issue(code: Omit<AuthorizationCode, 'hash' | 'issuedAt' | 'usedAt' | 'grantId'>): string {
    this.#forgetOld()
    const value = newCode(this.store.randomBytes)
    const issued = { ...code, hash: hashOf(value), issuedAt: this.store.now(), usedAt: null, grantId: null }
    this.store.state.codes[issued.hash] = issued
    this.store.changed({ code: issued })
    return value
  }

  find(value: string): AuthorizationCode | null {
    return this.store.state.codes[hashOf(value)] ?? null
  }

  isExpired(code: AuthorizationCode): boolean {
    return this.store.now() >= code.issuedAt + this.store.settings.quirks.codeSeconds * 1000
  }

  markUsed(code: AuthorizationCode, grantId: string | null): void {
    code.usedAt = this.store.now()
    code.grantId = grantId
    this.store.changed({ code })
  }

  /** Used ones are kept for a while: presented again, they are recognised as replayed. */
  #forgetOld(): void {
    const { codes } = this.store.state
    const life = this.store.settings.quirks.codeSeconds * 1000 + KEPT_AFTER_EXPIRY_MS
    const hashes = Object.keys(codes)
    for (const [index, hash] of hashes.entries()) {
      const code = codes[hash]
      const tooMany = index <= hashes.length - LIMIT
      if (!code || tooMany || code.issuedAt + life < this.store.now()) delete codes[hash]
    }
  }
}
