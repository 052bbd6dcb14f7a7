import type { LedgerRow } from './ledger.js'
import { refusal, type RefusalName } from './refusals.js'

/** What an endpoint decided: the answer, and what the ledger says of it. */
export interface Finding extends Pick<LedgerRow, 'outcome' | 'acted' | 'grantId' | 'generation'> {
  response: Response
}

type Known = Partial<Pick<Finding, 'acted' | 'grantId' | 'generation' | 'response'>>

export function refused(name: RefusalName, known: Known = {}): Finding {
  return { outcome: name, acted: false, grantId: null, generation: null, response: refusal(name), ...known }
}
