import type { AuditRecord } from './use-audit-trail'
import { words } from './words'

type Doing = Pick<AuditRecord, 'requestId'> & {
  actor: { displayName: string | null } | null
  apiClient: { name: string } | null
}

/** Without a request it was the hub by itself; with one and nobody in it, somebody who had not signed in. */
export function doerOf({ actor, apiClient, requestId }: Doing): string {
  if (actor) return actor.displayName ?? words.erased
  if (apiClient) return words.apiClient(apiClient.name)
  return requestId ? words.nobody : words.hub
}
