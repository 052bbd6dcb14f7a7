import type { ApplicationId } from '../application/applications.js'
import type { PageRequest } from '../connection.js'
import type { Standing } from './standing-policy.js'

/** What the overview is narrowed to; null where it does not matter. */
export interface OverviewSearch extends PageRequest {
  applicationId: ApplicationId | null
  standing: Standing | null
  search: string | null
}
