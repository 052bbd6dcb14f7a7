import type { ApiClientScope, ApplicationId } from './use-api-clients'
import type { Removal } from './words'

/** What a dialog with fields brings about. */
export type Change =
  | { kind: 'grant'; scopes: ApiClientScope[]; applications: ApplicationId[] }
  | { kind: 'rotate'; overlapSeconds: number; keyExpiresAt: string | null }
  | { kind: 'addresses'; addresses: string[] }
export type ChangeKind = Change['kind']

/** What is asked about before it is taken away: the client, one of its keys, or what it may do in one application. */
export interface Asked {
  question: Removal
  /** As people read it. */
  what: string
  keyId?: string
  application?: ApplicationId
}
