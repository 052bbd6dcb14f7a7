import { pino, type DestinationStream, type Level, type Logger } from 'pino'
import { systemClock, type Clock } from './clock.js'
import { finishLine, serializers } from './log-record.js'

export type { Logger } from 'pino'

interface LogOptions {
  level: Level
  /** Standard output, unless a test wants to read along. */
  destination?: DestinationStream
  clock?: Clock
}

/** JSON lines for operators. What may be in a line is decided in `log-record.ts`. Also Fastify's `loggerInstance`. */
export function createLogger({ level, destination, clock = systemClock }: LogOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${clock().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers,
    hooks: { logMethod: withoutObjects, streamWrite: finishLine },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** `log.info('%j', body)` would carry a whole object past the list of fields. */
function withoutObjects(this: Logger, args: unknown[], method: (...args: unknown[]) => void): void {
  const plain = args.map((arg, index) =>
    index > 0 && typeof arg === 'object' && arg !== null ? '[object]' : arg,
  )
  method.apply(this, plain)
}
