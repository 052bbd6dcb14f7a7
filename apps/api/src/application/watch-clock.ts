import type { TokenSet, UpsOAuthClient } from '@optin-hub/oauth-client'
import type { Logger } from '../log.js'

/** Seconds between two hosts that keep time are few; with more, what we show and what UPS means differ (S-152). */
const toleratedMs = 120_000

interface Surroundings {
  log: Pick<Logger, 'error' | 'info'>
  /** Told at each answer that is off, and when the first is not; nothing waits for it. */
  onClockSkew: (isOff: boolean) => void
}

/** Compares the clock of UPS with ours at each answer. Nothing depends on it but an alarm, once an incident. */
export class UpsClockWatch {
  /** Null before the first answer: what another process has noticed may be over. */
  #isOff: boolean | null = null

  constructor(private readonly on: Surroundings) {}

  watch(client: UpsOAuthClient): UpsOAuthClient {
    return {
      ...client,
      exchangeCode: async (grant) => this.#seen(await client.exchangeCode(grant)),
      refresh: async (refreshToken) => this.#seen(await client.refresh(refreshToken)),
    }
  }

  #seen(tokens: TokenSet): TokenSet {
    if (!tokens.providerIssuedAt) return tokens
    const aheadMs = tokens.issuedAt.getTime() - tokens.providerIssuedAt.getTime()
    const isOff = Math.abs(aheadMs) > toleratedMs
    if (isOff && !this.#isOff) {
      const count = Math.round(Math.abs(aheadMs) / 1000)
      this.on.log.error(
        { count },
        `alarm: our clock is ${count} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'} that of UPS; check the time service of this host`,
      )
    } else if (!isOff && this.#isOff) this.on.log.info('our clock and that of UPS agree again')
    if (isOff || this.#isOff !== false) this.on.onClockSkew(isOff)
    this.#isOff = isOff
    return tokens
  }
}
