import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStandIn, type StandIn, type StandInApplication } from '@optin-hub/ups-stand-in'
import { onTestFinished } from 'vitest'
import { createApp, type App } from '../app.js'
import type { Surroundings } from '../app-surroundings.js'
import { applications } from '../application/applications.js'
import { readConfig, type Config } from '../config.js'
import { seedDemo } from '../demo.seed.js'
import { createLogger } from '../log.js'
import type { StampedLetter } from '../mail/letter.js'
import { LetterFolder } from '../mail/letter-folder.js'
import { prepareStandInFiles } from '../stand-in-files.js'
import { Browser } from './browser.js'
import { migratedDatabaseUrl } from './fresh-database.js'

export const publicUrl = 'http://localhost:4000'

export interface TestClock {
  (): Date
  advance(ms: number): void
}

export interface TestApp {
  app: App
  clock: TestClock
  standIn: StandIn
  /** What the hub has written to its log, one line a record. */
  logged: string[]
  /** A new browser without any cookie. */
  browser(): Browser
  /** A new browser in which this person of the demo has signed in. */
  as(signInName: string): Promise<Browser>
  /** What this person has been sent so far, newest first; letters that are due go out before. */
  lettersTo(address: string): Promise<StampedLetter[]>
  dataDir: string
  /** The settings, for a command or another process beside this one. */
  environment: Readonly<Record<string, string>>
  surroundings: Surroundings
  /** A second hub on the same database, as another process would be. */
  another(surroundings?: Partial<Surroundings>): Promise<App>
}

interface Options {
  at?: Date
  /** Stands between the hub and the stand-in. */
  fetch?: (next: typeof fetch) => typeof fetch
  environment?: Record<string, string>
  /** Where names lead; nowhere if left out. */
  resolveHost?: Surroundings['resolveHost']
  /** A built browser application; without it the hub has no pages. */
  webRoot?: string
  /** A built playground; without it the hub has none. */
  playgroundRoot?: string
}

/** The whole hub with its demo, on a fresh database of the engine under test, against a stand-in in this process. */
export async function createTestApp(options: Options = {}): Promise<TestApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'optin-hub-'))
  const clock = testClock(options.at ?? new Date('2026-03-01T12:00:00.000Z'))
  const environment = {
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
    DATABASE_URL: await migratedDatabaseUrl(dataDir),
    ...options.environment,
  }
  const config = prepareStandInFiles(readConfig(environment, { root: dataDir }), randomBytes)
  const standIn = createStandIn({ applications: applicationsAtUps(config), clock })
  const logged: string[] = []
  const standInFetch: typeof fetch = (input, init) => standIn.fetch(input as Request, init)
  const surroundings: Surroundings = {
    clock,
    fetch: options.fetch ? options.fetch(standInFetch) : standInFetch,
    resolveHost: options.resolveHost ?? (() => Promise.resolve([])),
    random: () => 0.5,
    randomBytes,
    log: createLogger({ level: 'debug', destination: { write: (line: string) => void logged.push(line) } }),
    webRoot: options.webRoot ?? join(dataDir, 'no-pages'),
    playgroundRoot: options.playgroundRoot ?? join(dataDir, 'no-playground'),
  }
  const app = await createApp(config, surroundings)
  await seedDemo(app.database, app.services)
  onTestFinished(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const browser = () => new Browser(app.http, config.publicUrl.origin)
  return {
    app,
    clock,
    standIn,
    logged,
    browser,
    async lettersTo(address) {
      await app.sendLetters()
      const letters = await new LetterFolder(join(dataDir, 'letters')).list()
      return letters.filter(({ to }) => to === address)
    },
    dataDir,
    environment,
    surroundings,
    async another(other = {}) {
      const second = await createApp(config, { ...surroundings, ...other })
      onTestFinished(() => second.close())
      return second
    },
    async as(signInName) {
      const signedIn = browser()
      await signedIn.signIn(signInName)
      return signedIn
    },
  }
}

/** What UPS was told about each of our applications when it was registered there. */
function applicationsAtUps({ ups, publicUrl: hub }: Config): StandInApplication[] {
  return applications.map(({ id, slug, name }) => {
    const { clientId, clientSecrets } = ups.applications[id]
    const redirectUri = new URL(`/oauth/callback/${slug}`, hub).href
    return { id, name, clientId, clientSecret: clientSecrets.map((secret) => secret.reveal()), redirectUri }
  })
}

export function testClock(start: Date): TestClock {
  let now = start.getTime()
  const clock = (() => new Date(now)) as TestClock
  clock.advance = (ms) => {
    now += ms
  }
  return clock
}

/** The id of a demo company, by its name. */
export async function companyIdOf(browser: Browser, name: string): Promise<string> {
  const { companies } = await browser.data<{
    companies: { edges: { node: { id: string; name: string } }[] }
  }>('{ companies { edges { node { id name } } } }')
  const found = companies.edges.find(({ node }) => node.name === name)
  if (!found) throw new Error(`no company ${name} is visible`)
  return found.node.id
}
