import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { auditTending } from './audit/tend-audit.job.js'
import { callbackRoute } from './authorization/callback.route.js'
import { bulkImportRoutes } from './bulk-import/bulk-import.route.js'
import { changesOf } from './change/change-stream.js'
import type { Config } from './config.js'
import { cspReportsRoute } from './csp-reports.route.js'
import { openDatabase } from './db/data-source.js'
import type { Database } from './db/transaction.js'
import { refuseForgery } from './forgery.js'
import { exportRoutes } from './export/export.route.js'
import { graphqlRoute } from './graphql/graphql.route.js'
import { healthRoute } from './health/health.route.js'
import { createReadiness, freeBytesOf } from './health/readiness.js'
import { createHttp } from './http.js'
import { devMailRoute } from './mail/dev-mail.route.js'
import { LetterFolder } from './mail/letter-folder.js'
import { createMailTransport } from './mail/mail-transport.js'
import { SendDueLettersJob } from './mail/send-due-letters.job.js'
import { metricsRoute } from './metrics/metrics.route.js'
import { SendDueNoticesJob } from './notice/send-due-notices.job.js'
import { WarnOfExpiryJob } from './notice/warn-of-expiry.job.js'
import { pagesRoute } from './pages.route.js'
import { playgroundRoute } from './playground.route.js'
import { CountFiguresJob } from './figure/count-figures.job.js'
import { drainSpill } from './refresh/recovery.job.js'
import { SweepJob } from './refresh/sweep.job.js'
import { createContextOf, createContextOfSession } from './request-context.js'
import { orderImportRoutes } from './sales-order/order-import.route.js'
import { createSchema } from './schema.js'
import { eventsRoute } from './webhook/events.route.js'
import { subscriptionRoute } from './graphql/subscription.route.js'
import { tokenRoutes } from './token-api/token.route.js'
import { createResolvers } from './app-resolvers.js'
import { createServices, type Services } from './app-services.js'
import { createWebhookJobs, type WebhookJobs } from './app-webhooks.js'
import type { Surroundings } from './app-surroundings.js'
import { UnderWay } from './under-way.js'

export interface App {
  http: FastifyInstance
  database: Database
  services: Services
  /** Settles what is in doubt and refreshes what is due; answers how many were due. */
  sweep(): Promise<number>
  /** Sends the letters that are due; answers how many were. */
  sendLetters(): Promise<number>
  /** Writes down which keys of API clients were used, once a minute. */
  noteKeyUses(): Promise<void>
  /** Counts what the plots show of the whole installation. */
  countFigures(): Promise<void>
  /** Finds what people are to be told about authorizations, and posts the letters; answers how many there were. */
  tellPeople(): Promise<number>
  /** Tells third-party applications what has happened to authorizations. */
  webhooks: WebhookJobs
  /** Clears away what nobody needs any more. */
  forget(): Promise<void>
  /** Deletes the orders of removed companies, and those whose time is over. */
  clearOrders(): Promise<void>
  /** Chains what the audit trail has got; once a day removes what is over, and verifies it. */
  tendAudit(): Promise<void>
  close(): Promise<void>
}

/**
 * The composition root: services, jobs and routes, put together by hand.
 *
 * @throws {SealedError | WrongEnvironmentError} with the database closed again and unchanged
 */
export async function createApp(config: Config, on: Surroundings): Promise<App> {
  const database = await openDatabase(config.database)
  const services = await createServices(config, database, on).catch(async (error: unknown) => {
    await database.close()
    throw error
  })
  const { apiKeys, sessions, users, completeOptIns, refreshes, tokenApi } = services
  const people = { publicUrl: config.publicUrl, sessions, users }
  const contextOf = createContextOf({ ...people, apiKeys, quotas: services.quotas })

  const jobs = {
    ...services,
    database,
    clock: on.clock,
    log: on.log,
    onError: (err: unknown, authorizationId: string) =>
      on.log.error({ err, authorizationId }, 'refresh failed'),
  }
  await drainSpill(jobs)
  const figureJob = new CountFiguresJob(database, on.clock)
  const sweepJob = new SweepJob(jobs)
  const letters = new LetterFolder(join(config.dataDir, 'letters'))
  const letterJob = new SendDueLettersJob({ ...jobs, transport: createMailTransport(config, letters) })

  const warnOfExpiryJob = new WarnOfExpiryJob(jobs)
  const noticeJob = new SendDueNoticesJob(jobs)
  const webhooks = createWebhookJobs({ ...jobs, random: on.random, owner: randomUUID() })
  const underWay = new UnderWay()

  const http = await createHttp({
    config,
    log: on.log,
    recordRefusals: (source) => services.refusals.recordAll(source),
  })
  const graphql = {
    schema: createSchema({
      instances: createResolvers(services),
      events: (_topic, companyId) => changesOf(services.changeReader, companyId as string | null | undefined),
    }),
    publicUrl: config.publicUrl,
    isSchemaOpen: config.ups.environment === 'stand-in',
    contextOf,
    log: on.log,
  }
  await graphqlRoute(http, graphql)
  callbackRoute(http, { optIns: completeOptIns, contextOf: createContextOf(people) })
  const files = {
    contextOf,
    refuseForgery: (request: FastifyRequest) => refuseForgery(request, config.publicUrl, 'csv'),
  }
  bulkImportRoutes(http, { ...files, imports: services.imports })
  orderImportRoutes(http, { ...files, orderImports: services.orderImports })
  tokenRoutes(http, { publicUrl: config.publicUrl, tokens: tokenApi, contextOf })
  eventsRoute(http, { eventFeed: services.eventFeed, contextOf })
  exportRoutes(http, { ...services, clock: on.clock, contextOf })
  cspReportsRoute(http)
  healthRoute(
    http,
    createReadiness({
      ...on,
      database,
      audit: services.audit,
      freeBytes: freeBytesOf(config.dataDir),
    }),
  )
  metricsRoute(http, config.metricsToken, () => services.metrics.all())
  if (config.ups.environment === 'stand-in') devMailRoute(http, letters, config.publicUrl)
  await playgroundRoute(http, {
    publicUrl: config.publicUrl,
    root: on.playgroundRoot,
    mayOpen: async (request, reply) =>
      config.ups.environment === 'stand-in' || (await contextOf(request, reply)).viewer !== null,
  })
  await pagesRoute(http, on.webRoot)
  // The last, since every route after it would take sockets.
  await subscriptionRoute(http, {
    ...graphql,
    contextOfSession: createContextOfSession(people),
    aliveAmong: (ids) => sessions.aliveAmong(ids),
  })

  return {
    http,
    database,
    services,
    sweep: underWay.known(() => sweepJob.tick()),
    sendLetters: underWay.known(() => letterJob.tick()),
    noteKeyUses: underWay.known(() => services.keyUses.writeIfDue()),
    countFigures: underWay.known(() => figureJob.tick()),
    webhooks: { ...webhooks, tick: underWay.known(() => webhooks.tick()) },
    tellPeople: underWay.known(async () => {
      await warnOfExpiryJob.tick()
      return noticeJob.tick()
    }),
    forget: underWay.known(async () => {
      await sessions.forgetExpired()
      await services.mail.forgetSettled()
      await services.limits.forgetOld()
      await services.changes.prune()
      await services.notices.forgetOld()
      await services.events.prune()
      await services.webhookSends.forgetOld()
      await database.inTransaction(async (manager) => {
        await services.signUps.forgetExpired(manager)
        await services.links.forgetExpired(manager)
      })
    }),
    clearOrders: underWay.known(() => services.clearOrders.run()),
    tendAudit: underWay.known(auditTending(services.auditJobs)),
    async close() {
      await http.close()
      await services.changeReader.close()
      await refreshes.settled()
      await webhooks.stop()
      await services.clearOrders.stop()
      await underWay.settled()
      await services.alarms.settled()
      await database.close()
    },
  }
}
