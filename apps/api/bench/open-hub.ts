import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStandIn, type StandInApplication, type StandInState } from '@optin-hub/ups-stand-in'
import { createApp, type App } from '../src/app.js'
import { applicationIds } from '../src/application/applications.js'
import { systemClock } from '../src/clock.js'
import { readConfig } from '../src/config.js'
import { createLogger } from '../src/log.js'
import { prepareStandInFiles } from '../src/stand-in-files.js'
import type { Engine, TorturedDatabase } from '../torture/engine.js'
import type { Answer, Asked } from '../torture/hub.js'
import { seed, type Standing } from '../torture/seed.js'

const publicUrl = 'http://localhost:4000'

export interface OpenHub {
  app: App
  database: TorturedDatabase
  standings: Standing[]
  dataDir: string
  publicUrl: string
  ask(asked: Asked): Promise<Answer>
  advance(ms: number): void
  now(): Date
  close(): Promise<void>
}

/**
 * One process of the hub, this one, with companies that have opted in. UPS.com answers in this process as well, at once,
 * unless an address is given: what is measured then is the hub.
 */
export async function openHub(
  engine: Engine,
  companies: number,
  { upsUrl, isLimited = false }: { upsUrl?: string; isLimited?: boolean } = {},
): Promise<OpenHub> {
  const dataDir = mkdtempSync(join(tmpdir(), 'optin-hub-bench-'))
  const database = await engine.createDatabase(dataDir)
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    PUBLIC_URL: publicUrl,
    UPS_BASE_URL: upsUrl ?? 'http://127.0.0.1:4010',
    STAND_IN_PORT: '0',
    ...(!isLimited && { API_CLIENT_LIMIT: '999999999', API_COMPANY_LIMIT: '999999999' }),
  }
  const place = { environment, database, dataDir, publicUrl, upsUrl: environment.UPS_BASE_URL }
  const standings = await seed(place, { companies, applications: applicationIds })
  let aheadMs = 0
  const now = () => new Date(systemClock().getTime() + aheadMs)
  const read = (name: string) => JSON.parse(readFileSync(join(dataDir, name), 'utf8')) as unknown
  const ups = createStandIn({
    ...(read('stand-in.json') as { applications: StandInApplication[] }),
    state: read('stand-in-state.json') as StandInState,
    clock: now,
  })
  const inProcess: typeof fetch = (input, init) => ups.fetch(input as Request, init)
  const config = prepareStandInFiles(readConfig(environment, { root: dataDir }), randomBytes)
  const app = await createApp(config, {
    clock: now,
    fetch: upsUrl === undefined ? inProcess : fetch,
    resolveHost: () => Promise.resolve([]),
    random: Math.random,
    randomBytes,
    log: createLogger({ level: 'fatal' }),
    webRoot: dataDir,
    playgroundRoot: dataDir,
  })
  return {
    app,
    database,
    standings,
    dataDir,
    publicUrl,
    now,
    async ask({ method = 'GET', path, headers = {}, body }) {
      const { host } = new URL(publicUrl)
      const answer = await app.http.inject({
        method,
        url: path,
        headers: { host, ...headers },
        ...(body !== undefined && { payload: body }),
      })
      return {
        status: answer.statusCode,
        headers: answer.headers as Answer['headers'],
        body: answer.body,
      }
    },
    advance: (ms) => void (aheadMs += ms),
    async close() {
      await app.close()
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
