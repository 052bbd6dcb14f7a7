import type { Engine } from '../torture/engine.js'
import { median } from './by-turns.js'
import { measure, onOneCore, startLoad } from './load-process.js'
import { openHub, type OpenHub } from './open-hub.js'

/** One more than one client of the seed is for. */
const companies = 51
const seconds = 5
const rounds = 5
const quietPerSecond = 50
/** Ten times what one client may ask: 2,000 in 10 seconds. */
const noisyPerSecond = 2000

/** The p99 of a client that asks now and then, alone and beside one that asks ten times what it may, by turns (S-84). */
export async function besideNoise(
  engine: Engine,
): Promise<{ alone: number; beside: number; refused: number }> {
  const hub = await openHub(engine, companies, { isLimited: true })
  const quiet = startLoad()
  const noisy = startLoad()
  onOneCore(process.pid, 0)
  try {
    const url = await hub.app.http.listen({ port: 0, host: '127.0.0.1' })
    const keys = [...new Set(hub.standings.map(({ apiKey }) => apiKey))]
    if (keys.length < 2) throw new Error('there is nobody beside whom to ask')
    const [ofQuiet, ofNoisy] = keys.map((apiKey) => ({ url, ...statusReads(hub, apiKey), seconds }))
    if (!ofQuiet || !ofNoisy) throw new Error('there is nothing to ask for')
    const alone: number[] = []
    const beside: number[] = []
    let refused = 0
    for (let round = 0; round <= rounds; round++) {
      const without = await measure(quiet, { ...ofQuiet, perSecond: quietPerSecond })
      const [within, noise] = await Promise.all([
        measure(quiet, { ...ofQuiet, perSecond: quietPerSecond }),
        measure(noisy, { ...ofNoisy, perSecond: noisyPerSecond }),
      ])
      // The first round warms up.
      if (round === 0) continue
      alone.push(without.p99)
      beside.push(within.p99)
      refused += noise.statuses['429'] ?? 0
    }
    return { alone: median(alone), beside: median(beside), refused }
  } finally {
    quiet.kill()
    noisy.kill()
    await hub.close()
  }
}

function statusReads({ standings, publicUrl }: OpenHub, apiKey: string) {
  const own = standings.filter((one) => one.apiKey === apiKey)
  return {
    headers: { host: new URL(publicUrl).host, authorization: `Bearer ${apiKey}` },
    requests: own.map(({ vaultKey }) => ({ path: `/v1/tokens/${vaultKey}` })),
  }
}
