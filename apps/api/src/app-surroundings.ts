import type { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from './clock.js'
import type { AtFaultPoint } from './refresh/fault-points.js'
import type { ResolveHost } from './webhook/host-addresses.js'

/** What a hub is given beside its settings. */
export interface Surroundings {
  clock: Clock
  fetch: typeof fetch
  /** Where names lead; of webhooks only. */
  resolveHost: ResolveHost
  random: () => number
  randomBytes: typeof randomBytes
  log: FastifyBaseLogger
  /** The built browser application. */
  webRoot: string
  /** The built playground. */
  playgroundRoot: string
  /** Only the fault harness gives this. */
  at?: AtFaultPoint
}
