import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Engine } from '../torture/engine.js'
import { compiled, freePort, Program } from '../torture/program.js'
import { median, timed } from './by-turns.js'

const rounds = 5
const lookEveryMs = 5
const patienceMs = 60_000

const main = fileURLToPath(new URL('src/main.js', compiled))
const packagesAlone = fileURLToPath(new URL('packages-alone.js', import.meta.url))

/**
 * From the start of the process to ready, on data that are there already, and of a process that loads the packages which
 * the hub is made of and leaves, by turns: milliseconds.
 */
export async function startTimes(engine: Engine): Promise<{ hub: number; bare: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'optin-hub-bench-start-'))
  const database = await engine.createDatabase(dataDir)
  const port = await freePort()
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    STAND_IN_PORT: String(await freePort()),
    LOG_LEVEL: 'fatal',
  }
  const took: { hub: number[]; bare: number[] } = { hub: [], bare: [] }
  try {
    for (let round = 0; round <= rounds; round++) {
      const ofHub = await untilReady(environment)
      const ofBare = await timed(() => once(fork(packagesAlone, { execArgv: [] }), 'exit'))
      // The first round makes the data.
      if (round === 0) continue
      took.hub.push(ofHub)
      took.bare.push(ofBare)
    }
    return { hub: median(took.hub), bare: median(took.bare) }
  } finally {
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function untilReady(environment: Record<string, string>): Promise<number> {
  const from = performance.now()
  const hub = new Program(main, [], environment)
  try {
    while (!(await isReady(environment.PORT ?? ''))) {
      if (performance.now() - from > patienceMs) throw new Error(`the hub does not become ready: ${hub.said}`)
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    }
    return performance.now() - from
  } finally {
    await hub.stop()
  }
}

const isReady = (port: string): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
