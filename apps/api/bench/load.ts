import autocannon, { type Request } from 'autocannon'

export interface Load {
  url: string
  headers: Record<string, string>
  requests: Request[]
  seconds: number
  /** As many as the server answers, unless told. */
  perSecond?: number
}

export interface Measured {
  perSecond: number
  /** Milliseconds within which 99 of 100 are answered. */
  p99: number
  /** Answers by status, so that nobody takes refusals for speed. */
  statuses: Record<string, number>
}

const connections = 32

/** A process of its own, so that asking takes no time from answering. It does as it is told, until it is told no more. */
process.on('message', (load: Load) => {
  void autocannon({
    url: load.url,
    headers: load.headers,
    requests: load.requests,
    connections,
    duration: load.seconds,
    ...(load.perSecond !== undefined && { overallRate: load.perSecond }),
  }).then(({ duration, latency, statusCodeStats = {} }) => {
    const statuses = Object.fromEntries(
      Object.entries(statusCodeStats).map(([status, { count }]) => [status, Number(count)]),
    )
    const answers = Object.values(statuses).reduce((sum, count) => sum + count, 0)
    process.send?.({ perSecond: answers / duration, p99: latency.p99, statuses } satisfies Measured)
  })
})
process.once('disconnect', () => process.exit())
