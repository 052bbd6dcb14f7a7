import type { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from './clock.js'
import type { AtFaultPoint } from './refresh/fault-points.js'

/** What a hub is given beside its settings. */
export interface Surroundings {
  clock: Clock
  fetch: typeof fetch
  random: () => number
  randomBytes: typeof randomBytes
  log: FastifyBaseLogger
  /** The built browser application. */
  webRoot: string
  /** Only the fault harness gives this. */
  at?: AtFaultPoint
}
