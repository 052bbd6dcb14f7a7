import type { Presented } from './rotation.js'
import { hashOf, newAccessToken, newRefreshToken } from './secret-values.js'
import type { Grant, RefreshToken, VoidReason } from './state.js'
import type { Store } from './store.js'

/** Tokens remembered per grant: enough to recognise a used one, without growing for ever. */
const TOKENS_KEPT = 10
const GRANTS_KEPT = 50_000

export interface IssuedTokens {
  grant: Grant
  accessToken: string
  accessSeconds: number
  issuedAt: number
  /** Null: the refresh token that was presented stays the good one. */
  refreshToken: string | null
  refreshRecord: RefreshToken
}

/** What profiles have permitted, and the tokens that came of it. */
export class Grants {
  readonly #grantIdByRefreshHash = new Map<string, string>()
  readonly #grantIdByAccessHash = new Map<string, string>()

  constructor(private readonly store: Store) {
    this.reindex()
  }

  /** After the state was restored or emptied. */
  reindex(): void {
    this.#grantIdByRefreshHash.clear()
    this.#grantIdByAccessHash.clear()
    for (const grant of Object.values(this.store.state.grants)) {
      for (const token of grant.refreshTokens) this.#grantIdByRefreshHash.set(token.hash, grant.id)
      for (const token of grant.accessTokens) this.#grantIdByAccessHash.set(token.hash, grant.id)
    }
  }

  begin(of: Pick<Grant, 'clientId' | 'username' | 'scope' | 'agreedAt'>): IssuedTokens {
    const { state, settings } = this.store
    if (settings.quirks.secondAuthorization === 'voids-first') {
      this.#endWhere(
        (grant) => grant.username === of.username && grant.clientId === of.clientId,
        'authorized-again',
      )
    }
    const id = `grant-${state.nextGrant++}`
    const grant: Grant = {
      id,
      ...of,
      voidedAt: null,
      voidedBecause: null,
      generation: 0,
      refreshCount: 0,
      refreshTokens: [],
      accessTokens: [],
    }
    state.grants[id] = grant
    this.#forgetOldest()
    return this.#issue(grant, null)
  }

  refresh({ grant, token }: Presented): IssuedTokens {
    grant.refreshCount += 1
    if (this.store.settings.quirks.oldAccessToken === 'dies') this.#forgetAccessTokens(grant, 0)
    if (this.store.settings.rotation.mode !== 'none') token.usedAt ??= this.store.now()
    return this.#issue(grant, token)
  }

  byRefreshToken(value: string): Presented | null {
    const hash = hashOf(value)
    const grant = this.store.state.grants[this.#grantIdByRefreshHash.get(hash) ?? '']
    const token = grant?.refreshTokens.find((known) => known.hash === hash)
    return grant && token ? { grant, token } : null
  }

  isGoodAccessToken(value: string): boolean {
    const hash = hashOf(value)
    const grant = this.store.state.grants[this.#grantIdByAccessHash.get(hash) ?? '']
    const token = grant?.accessTokens.find((known) => known.hash === hash)
    return grant?.voidedAt === null && token !== undefined && token.expiresAt > this.store.now()
  }

  find(id: string): Grant | null {
    return this.store.state.grants[id] ?? null
  }

  of(username: string): Grant[] {
    return Object.values(this.store.state.grants).filter((grant) => grant.username === username)
  }

  isLive(grant: Grant): boolean {
    if (grant.voidedAt !== null) return false
    return grant.refreshTokens.some((token) => token.usedAt === null && token.expiresAt > this.store.now())
  }

  end(grant: Grant, because: VoidReason): void {
    grant.voidedAt = this.store.now()
    grant.voidedBecause = because
    this.store.changed({ grant })
  }

  /** UPS: a change of the password voids all tokens of that profile. Answers how many were live. */
  endAllOf(username: string): number {
    const live = this.of(username).filter((grant) => this.isLive(grant)).length
    this.#endWhere((grant) => grant.username === username, 'password-changed')
    return live
  }

  #endWhere(matches: (grant: Grant) => boolean, because: VoidReason): void {
    for (const grant of Object.values(this.store.state.grants)) {
      if (grant.voidedAt === null && matches(grant)) this.end(grant, because)
    }
  }

  #issue(grant: Grant, usedToken: RefreshToken | null): IssuedTokens {
    const { lifetimes } = this.store.settings
    const issuedAt = this.store.now()
    grant.generation += 1
    const accessToken = newAccessToken(this.store.randomBytes)
    const access = {
      hash: hashOf(accessToken),
      generation: grant.generation,
      expiresAt: issuedAt + lifetimes.accessSeconds * 1000,
    }
    grant.accessTokens.push(access)
    this.#grantIdByAccessHash.set(access.hash, grant.id)
    this.#forgetAccessTokens(grant, TOKENS_KEPT)
    const keepsToken = usedToken !== null && usedToken.usedAt === null
    const next = keepsToken ? { value: null, record: usedToken } : this.#newRefreshToken(grant, usedToken)
    this.store.changed({ grant })
    return {
      grant,
      accessToken,
      accessSeconds: lifetimes.accessSeconds,
      issuedAt,
      refreshToken: next.value,
      refreshRecord: next.record,
    }
  }

  #newRefreshToken(grant: Grant, parent: RefreshToken | null): { value: string; record: RefreshToken } {
    const { lifetimes, quirks } = this.store.settings
    const value = newRefreshToken(this.store.randomBytes)
    const issuedAt = this.store.now()
    const inheritsWindow = parent !== null && quirks.refreshWindow === 'absolute'
    const record: RefreshToken = {
      hash: hashOf(value),
      generation: grant.generation,
      parent: parent?.generation ?? 0,
      issuedAt,
      expiresAt: inheritsWindow ? parent.expiresAt : issuedAt + lifetimes.refreshSeconds * 1000,
      usedAt: null,
    }
    grant.refreshTokens.push(record)
    this.#grantIdByRefreshHash.set(record.hash, grant.id)
    const surplus = grant.refreshTokens.splice(0, grant.refreshTokens.length - TOKENS_KEPT)
    for (const token of surplus) this.#grantIdByRefreshHash.delete(token.hash)
    return { value, record }
  }

  #forgetAccessTokens(grant: Grant, kept: number): void {
    const surplus = grant.accessTokens.splice(0, grant.accessTokens.length - kept)
    for (const token of surplus) this.#grantIdByAccessHash.delete(token.hash)
  }

  #forgetOldest(): void {
    const ids = Object.keys(this.store.state.grants)
    if (ids.length <= GRANTS_KEPT) return
    const surplus = ids.find((id) => this.store.state.grants[id]?.voidedAt !== null) ?? ids[0]
    const grant = surplus === undefined ? null : this.find(surplus)
    if (!grant) return
    this.#forgetAccessTokens(grant, 0)
    for (const token of grant.refreshTokens) this.#grantIdByRefreshHash.delete(token.hash)
    delete this.store.state.grants[grant.id]
  }
}
