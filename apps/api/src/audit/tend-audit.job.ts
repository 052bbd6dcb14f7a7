import { ChainJob } from './chain.job.js'
import { SweepAuditJob } from './sweep-audit.job.js'
import { WatchChainJob } from './watch-chain.job.js'

type Surroundings = ConstructorParameters<typeof ChainJob>[0] &
  ConstructorParameters<typeof SweepAuditJob>[0] &
  ConstructorParameters<typeof WatchChainJob>[0]

type AuditJobs = ReturnType<typeof createAuditJobs>

export const createAuditJobs = (on: Surroundings) => ({
  chain: new ChainJob(on),
  sweep: new SweepAuditJob(on),
  watch: new WatchChainJob(on),
})

/** All that the trail needs, one at a time; who asks meanwhile waits for what is under way. */
export function auditTending({ chain, sweep, watch }: AuditJobs): () => Promise<void> {
  let underWay: Promise<void> | null = null
  const tend = async (): Promise<void> => {
    await sweep.tick()
    await chain.tick()
    await watch.tick()
  }
  return () => (underWay ??= tend().finally(() => (underWay = null)))
}
