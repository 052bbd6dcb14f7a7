import autocannon, { type Request } from 'autocannon'

export interface Load {
  url: string
  headers: Record<string, string>
  requests: Request[]
  seconds: number
}

export interface Measured {
  perSecond: number
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
  }).then(({ duration, statusCodeStats = {} }) => {
    const statuses = Object.fromEntries(
      Object.entries(statusCodeStats).map(([status, { count }]) => [status, Number(count)]),
    )
    const answers = Object.values(statuses).reduce((sum, count) => sum + count, 0)
    process.send?.({ perSecond: answers / duration, statuses } satisfies Measured)
  })
})
process.once('disconnect', () => process.exit())
