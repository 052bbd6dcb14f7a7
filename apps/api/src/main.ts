import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createApp, type App } from './app.js'
import { systemClock } from './clock.js'
import { environmentAt, readConfig, type Config } from './config.js'
import { demoPassword, seedDemo } from './demo.seed.js'
import { StartError } from './errors.js'
import { createLogger } from './log.js'
import { ConfigError } from './settings-reader.js'
import { prepareStandInFiles, standInFile } from './stand-in-files.js'
import { startStandIn } from './stand-in-process.js'

const sweepEveryMs = 15_000
const root = fileURLToPath(new URL('../../..', import.meta.url))
const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url))

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** A start that cannot succeed ends with one plain paragraph and no stack. */
function refuseToStart(error: unknown): never {
  const known = error instanceof ConfigError || error instanceof StartError
  process.stderr.write(`${known ? error.message : String((error as Error).stack ?? error)}\n`)
  process.exit(1)
}

async function listen(app: App, config: Config): Promise<void> {
  try {
    await app.http.listen({ host: config.host, port: config.port })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new StartError(
      `Port ${config.port} on ${config.host} is taken by another program. Stop that one, or set PORT to a free port.`,
    )
  }
}

function greet(config: Config): void {
  say(`Opt-In Hub is ready: ${config.publicUrl.origin}`)
  if (config.ups.environment !== 'stand-in') return
  say('')
  say(`UPS.com is played by the stand-in at ${config.ups.baseUrl.origin}`)
  say(`Sign in as acme.admin, demo.admin or solution.admin, password ${demoPassword}.`)
  say(
    'Click first: Rating → Settings → Authorize Customer → Authorize; at the stand-in log in as acme, password ups-demo.',
  )
}

async function start(): Promise<void> {
  const config = prepareStandInFiles(readConfig(environmentAt(root), { root }), randomBytes)
  const log = createLogger({ level: config.logLevel })
  const { standInPort } = config.ups
  const starting = [
    createApp(config, { clock: systemClock, fetch, random: Math.random, randomBytes, log, webRoot }),
    standInPort === null ? null : startStandIn({ file: standInFile(config.dataDir), port: standInPort }),
  ] as const
  // Each is waited for, so that neither is cut off half-way when the other cannot start.
  await Promise.allSettled(starting)
  const [app, standIn] = await Promise.all(starting)
  if (config.ups.environment === 'stand-in') await seedDemo(app.database, app.services)
  await listen(app, config)
  greet(config)

  const timer = setInterval(() => void tick(app, log), sweepEveryMs)
  const stop = (): void => {
    clearInterval(timer)
    void app.close().then(
      () => {
        standIn?.stop()
        process.exit(0)
      },
      (error: unknown) => refuseToStart(error),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

async function tick(app: App, log: ReturnType<typeof createLogger>): Promise<void> {
  try {
    await app.sweep()
    await app.services.sessions.forgetExpired()
  } catch (err) {
    log.error({ err }, 'sweep failed')
  }
}

start().catch(refuseToStart)
