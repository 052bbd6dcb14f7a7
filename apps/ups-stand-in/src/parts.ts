import type { Applications } from './applications.js'
import type { Codes } from './codes.js'
import type { Grants } from './grants.js'
import type { People } from './people.js'
import type { RandomBytes } from './secret-values.js'
import type { Settings } from './settings.js'

/** What every page and endpoint is given. */
export interface Parts {
  publicUrl: URL
  applications: Applications
  codes: Codes
  grants: Grants
  people: People
  settings: Settings
  randomBytes: RandomBytes
  /** Milliseconds by the stand-in's own, movable clock. */
  now(): number
}
