import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createApp, type App } from './app.js'
import { environmentAt, readConfig, type Config } from './config.js'
import { demoPassword, seedDemo, seedDemoGroup } from './demo.seed.js'
import { StartError } from './errors.js'
import { SealedError } from './installation.js'
import { createLogger, type Logger } from './log.js'
import { createSealedApp, type SealedApp } from './sealed-app.js'
import { ConfigError } from './settings-reader.js'
import type { Surroundings } from './app-surroundings.js'
import { prepareStandInFiles, standInFile } from './stand-in-files.js'
import { startStandIn } from './stand-in-process.js'

const sweepEveryMs = 1_000
const slowSweepMs = 5_000
const forgetEveryTicks = 600
const root = fileURLToPath(new URL('../../..', import.meta.url))
const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url))
const playgroundRoot = fileURLToPath(new URL('../../playground/dist', import.meta.url))

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** A start that cannot succeed ends with one plain paragraph and no stack. */
export function refuseToStart(error: unknown): never {
  const known = error instanceof ConfigError || error instanceof StartError
  process.stderr.write(`${known ? error.message : String((error as Error).stack ?? error)}\n`)
  process.exit(1)
}

async function listen(app: Pick<App, 'http'>, config: Config): Promise<void> {
  try {
    await app.http.listen({ host: config.host, port: config.port })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new StartError(
      `Port ${config.port} on ${config.host} is taken by another program. Stop that one, or set PORT to a free port.`,
    )
  }
}

async function greet(config: Config, { services }: App): Promise<void> {
  say(`Opt-In Hub is ready: ${config.publicUrl.origin}`)
  if (config.ups.environment !== 'stand-in') return sayHowToSetUp(config, await services.setUps.newCode())
  say('')
  say(`UPS.com is played by the stand-in at ${config.ups.baseUrl.origin}`)
  say(`Sign in as acme.admin, demo.admin or solution.admin, password ${demoPassword}.`)
  say(
    'Click first: Rating → Settings → Authorize Customer → Authorize; at the stand-in log in as acme, password ups-demo.',
  )
}

/** To whoever can see the output, and to nobody else: the code is neither logged nor stored. */
function sayHowToSetUp({ publicUrl }: Config, code: string | null): void {
  if (code === null) return
  say('')
  say(`Nobody can sign in yet. Make the first solution admin at ${new URL('/set-up', publicUrl).href}`)
  say(`with this set-up code, which works once: ${code}`)
  say('The next start prints another one, and this one is void then.')
}

/** What a process is given beside its settings; the log and the pages follow from those. */
export type Outside = Omit<Surroundings, 'log' | 'webRoot' | 'playgroundRoot'>

/** The hub as a process: settings, app, port, sweep, and an end in good order when it is told to stop. */
export async function runHub(outside: Outside): Promise<void> {
  const config = prepareStandInFiles(readConfig(environmentAt(root), { root }), outside.randomBytes)
  const log = createLogger({ level: config.logLevel })
  const on = { ...outside, log, webRoot, playgroundRoot }
  const { standInPort } = config.ups
  const starting = [
    createApp(config, on).catch((error: unknown) => startSealed(error, config, on)),
    standInPort === null ? null : startStandIn({ file: standInFile(config.dataDir), port: standInPort }),
  ] as const
  // Each is waited for, so that neither is cut off half-way when the other cannot start.
  await Promise.allSettled(starting)
  const [app, standIn] = await Promise.all(starting)
  const isSealed = !('services' in app)
  if (config.ups.environment === 'stand-in' && !isSealed && (await seedDemo(app.database, app.services)))
    await seedDemoGroup(app.database, app.services)
  await listen(app, config)
  if (!isSealed) await greet(config, app)

  const stopWorking = isSealed ? () => undefined : keepWorking(app, log)
  let isStopping = false
  const stop = (): void => {
    // A second signal must not cut off what was sent to UPS.
    if (isStopping) return
    isStopping = true
    stopWorking()
    void app.close().then(
      () => {
        standIn?.stop()
        process.exit(0)
      },
      (error: unknown) => refuseToStart(error),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** With the wrong key the process lives on to say so; whatever else went wrong ends it. */
function startSealed(error: unknown, config: Config, on: Surroundings): Promise<SealedApp> {
  if (!(error instanceof SealedError)) throw error
  on.log.error({ err: error }, 'sealed: nothing is served until the hub is started with the right key')
  return createSealedApp(config, on)
}

/** A tick every second, or as soon as the last one is done; one that UPS holds up does not keep the others waiting. */
function keepWorking(app: App, log: Logger): () => void {
  const stop = new AbortController()
  const wait = (ms: number) => delay(ms, undefined, { signal: stop.signal }).catch(() => undefined)
  const work = async (): Promise<void> => {
    for (let ticks = 0; !stop.signal.aborted; ticks++) {
      // Not waited for: a slow mail server holds up nothing.
      void app.sendLetters().catch((err: unknown) => log.error({ err }, 'letters could not be sent'))
      void app.tellPeople().catch((err: unknown) => log.error({ err }, 'notices could not be posted'))
      // Nor for receivers that hang.
      void app.webhooks.tick().catch((err: unknown) => log.error({ err }, 'webhooks could not be sent'))
      // Nor for the trail: to verify a long one takes its time.
      void app.tendAudit().catch((err: unknown) => log.error({ err }, 'the audit trail could not be tended'))
      void app.noteKeyUses().catch((err: unknown) => log.error({ err }, 'key uses could not be written'))
      const sweep = app.sweep().catch((err: unknown) => log.error({ err }, 'sweep failed'))
      try {
        await Promise.race([sweep, wait(slowSweepMs)])
        if (ticks % forgetEveryTicks === 0) {
          // Not waited for either: there may be a million.
          void app
            .clearOrders()
            .catch((err: unknown) => log.error({ err }, 'orders could not be cleared away'))
          // Not waited for: it looks at every authorization.
          void app.countFigures().catch((err: unknown) => log.error({ err }, 'figures could not be counted'))
          await app.forget()
        }
      } catch (err) {
        log.error({ err }, 'what is not needed any more could not be cleared away')
      }
      await wait(sweepEveryMs)
    }
  }
  void work()
  return () => stop.abort()
}
