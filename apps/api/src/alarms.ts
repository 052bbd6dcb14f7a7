import type { EntityManager } from 'typeorm'
import type { ApplicationId } from './application/applications.js'

/** What only an operator can put right. */
export const alarmKinds = ['APPLICATION_REFUSED', 'CLOCK_SKEW', 'TRAIL_BROKEN'] as const
export type AlarmKind = (typeof alarmKinds)[number]

export interface Incident {
  kind: AlarmKind
  applicationId?: ApplicationId
}

/** What slices below see of the slice that tells people: an incident has begun, or is over. Each may be said any number of times. */
export interface Alarms {
  raise(manager: EntityManager, incident: Incident): Promise<void>
  end(manager: EntityManager, incident: Incident): Promise<void>
}
