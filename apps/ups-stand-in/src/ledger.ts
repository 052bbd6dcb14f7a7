import type { RefusalName } from './refusals.js'

export type Endpoint = 'authorize' | 'token' | 'refresh'

export interface LedgerRow {
  id: number
  at: string
  endpoint: Endpoint
  application: string | null
  clientId: string | null
  grantId: string | null
  /** Of the tokens given; in a refusal, of the token presented, if it is known. */
  generation: number | null
  outcome: 'sent-to-login' | 'issued' | 'refreshed' | 'not-handled' | RefusalName
  /** The stand-in changed its own state, whatever the client was told. */
  acted: boolean
  fault?: string
}

/** 200,000 rows are some 50 MB; the oldest tenth is forgotten when they are full. */
export const LEDGER_LIMIT = 200_000

export class Ledger {
  #rows: LedgerRow[] = []
  #nextId = 1

  constructor(private readonly limit = LEDGER_LIMIT) {}

  record(row: Omit<LedgerRow, 'id'>): void {
    this.#rows.push({ id: this.#nextId++, ...row })
    if (this.#rows.length > this.limit) this.#rows = this.#rows.slice(Math.ceil(this.limit / 10))
  }

  /** Rows after the one of that id, oldest first. */
  rows(after = 0): LedgerRow[] {
    return this.#rows.filter((row) => row.id > after).map((row) => ({ ...row }))
  }

  clear(): void {
    this.#rows = []
    this.#nextId = 1
  }
}
