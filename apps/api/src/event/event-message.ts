import type { AuthorizationEventEntity } from './authorization-event.entity.js'
import type { EventType } from './event-types.js'

export interface EventMessage {
  type: EventType
  timestamp: string
  data: {
    companyId: string
    application: string
    vaultKey: string
    status: string
    generation: number
    endReason: string | null
    refreshExpiresAt: string | null
  }
}

/** As an event stands on the wire: thin, with ids and states only (S-111). */
export const messageOf = (event: AuthorizationEventEntity): EventMessage => ({
  type: event.type,
  timestamp: event.at.toISOString(),
  data: {
    companyId: event.companyId,
    application: event.applicationId,
    vaultKey: event.vaultKey,
    status: event.status,
    generation: event.generation,
    endReason: event.endReason,
    refreshExpiresAt: event.refreshExpiresAt?.toISOString() ?? null,
  },
})
