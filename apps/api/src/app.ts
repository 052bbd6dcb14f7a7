import { randomUUID, type randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { ApiClientListService } from './api-client/api-client-list.service.js'
import { ApiClientCountResolver, ApiClientResolver } from './api-client/api-client.resolver.js'
import { ApiClientService } from './api-client/api-client.service.js'
import { ApiKeyService } from './api-client/api-key.service.js'
import { ApplicationResolver } from './application/application.resolver.js'
import { ApplicationService } from './application/application.service.js'
import { AuditService } from './audit/audit.service.js'
import { RefusalService } from './audit/refusal.service.js'
import { auditTending, createAuditJobs } from './audit/tend-audit.job.js'
import { AuditEventCountResolver, AuditTrailResolver } from './audit-trail/audit-trail.resolver.js'
import { AuditTrailService } from './audit-trail/audit-trail.service.js'
import { AuthorizationResolver } from './authorization/authorization.resolver.js'
import { AuthorizationService } from './authorization/authorization.service.js'
import { callbackRoute } from './authorization/callback.route.js'
import { CompanyLifecycleResolver } from './authorization/company-lifecycle.resolver.js'
import { CompanyLifecycleService } from './authorization/company-lifecycle.service.js'
import { CompanyAuthorizationsResolver, HiddenCompaniesResolver } from './authorization/company.resolver.js'
import { EnrolmentResolver } from './authorization/enrolment.resolver.js'
import { EnrolmentService } from './authorization/enrolment.service.js'
import { HiddenCompaniesService } from './authorization/hidden-companies.service.js'
import { OptInOutcomeService } from './authorization/opt-in-outcome.service.js'
import { OptInResolver } from './authorization/opt-in.resolver.js'
import { BeginOptInService } from './authorization/begin-opt-in.service.js'
import { CompleteOptInService } from './authorization/complete-opt-in.service.js'
import { TokenHistoryCountResolver, TokenHistoryResolver } from './authorization/token-history.resolver.js'
import { bulkImportRoutes } from './bulk-import/bulk-import.route.js'
import { BulkImportService } from './bulk-import/bulk-import.service.js'
import type { Clock } from './clock.js'
import { CompanyResolver } from './company/company.resolver.js'
import { CompanyService } from './company/company.service.js'
import type { Config } from './config.js'
import { cspReportsRoute } from './csp-reports.route.js'
import { Cursors } from './cursor.js'
import { openDatabase } from './db/data-source.js'
import type { Database } from './db/transaction.js'
import { refuseForgery } from './forgery.js'
import { graphqlRoute } from './graphql.route.js'
import { CompanyMemberResolver, CompanyMembersResolver } from './group/company-member.resolver.js'
import { CompanyMemberService } from './group/company-member.service.js'
import { GroupListService } from './group/group-list.service.js'
import { GroupResolver } from './group/group.resolver.js'
import { GroupService } from './group/group.service.js'
import { withGroups } from './group/group-grants.js'
import { healthRoute } from './health/health.route.js'
import { createReadiness } from './health/readiness.js'
import { createHttp } from './http.js'
import { openInstallation } from './installation.js'
import { devMailRoute } from './mail/dev-mail.route.js'
import { LetterFolder } from './mail/letter-folder.js'
import { createMailTransport } from './mail/mail-transport.js'
import { MailService } from './mail/mail.service.js'
import { SendDueLettersJob } from './mail/send-due-letters.job.js'
import { pagesRoute } from './pages.route.js'
import { ApplicationHealthService } from './refresh/application-health.service.js'
import { nothingHappens, type AtFaultPoint } from './refresh/fault-points.js'
import { drainSpill } from './refresh/recovery.job.js'
import { RefreshLease } from './refresh/refresh-lease.js'
import { RefreshOutcome } from './refresh/refresh-outcome.service.js'
import { planRefresh } from './refresh/refresh-policy.js'
import { RefreshResolver } from './refresh/refresh.resolver.js'
import { RefreshService } from './refresh/refresh.service.js'
import { SpillFolder } from './refresh/spill.js'
import { SweepJob } from './refresh/sweep.job.js'
import { createContextOf } from './request-context.js'
import { createSchema } from './schema.js'
import { createSealer } from './seal.js'
import { SessionResolver } from './session/session.resolver.js'
import { SessionService } from './session/session.service.js'
import { HandOutDigestService } from './token-api/hand-out-digest.service.js'
import { HandOutService } from './token-api/hand-out.service.js'
import { TokenApiResolver } from './token-api/token-api.resolver.js'
import { TokenApiService } from './token-api/token-api.service.js'
import { tokenRoutes } from './token-api/token.route.js'
import { MembershipResolver } from './user/membership.resolver.js'
import { MembershipService } from './user/membership.service.js'
import { UserResolver } from './user/user.resolver.js'
import { UserService } from './user/user.service.js'
import { VaultService } from './vault/vault.service.js'

export interface Surroundings {
  clock: Clock
  fetch: typeof fetch
  random: () => number
  randomBytes: typeof randomBytes
  log: FastifyBaseLogger
  /** The built browser application. */
  webRoot: string
  /** Only the fault harness gives this. */
  at?: AtFaultPoint
}

export interface App {
  http: FastifyInstance
  database: Database
  services: Services
  /** Settles what is in doubt and refreshes what is due; answers how many were due. */
  sweep(): Promise<number>
  /** Sends the letters that are due; answers how many were. */
  sendLetters(): Promise<number>
  /** Clears away what nobody needs any more. */
  forget(): Promise<void>
  /** Chains what the audit trail has got; once a day removes what is over, and verifies it. */
  tendAudit(): Promise<void>
  close(): Promise<void>
}

export type Services = Awaited<ReturnType<typeof createServices>>

/**
 * The composition root: every service is built here, by hand and in order.
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
  const contextOf = createContextOf({ ...people, apiKeys })

  const jobs = {
    ...services,
    database,
    clock: on.clock,
    log: on.log,
    onError: (err: unknown, authorizationId: string) =>
      on.log.error({ err, authorizationId }, 'refresh failed'),
  }
  await drainSpill(jobs)
  const sweepJob = new SweepJob(jobs)
  const tendAudit = auditTending(services.auditJobs)
  const letters = new LetterFolder(join(config.dataDir, 'letters'))
  const letterJob = new SendDueLettersJob({ ...jobs, transport: createMailTransport(config, letters) })

  const http = await createHttp({
    config,
    log: on.log,
    clock: on.clock,
    recordRefusals: (source) => services.refusals.recordAll(source),
  })
  await graphqlRoute(http, {
    schema: createSchema(createResolvers(services)),
    publicUrl: config.publicUrl,
    mayIntrospect: config.ups.environment === 'stand-in',
    contextOf,
    log: on.log,
  })
  callbackRoute(http, { optIns: completeOptIns, contextOf: createContextOf(people) })
  bulkImportRoutes(http, {
    imports: services.imports,
    contextOf,
    refuseForgery: (request) => refuseForgery(request, config.publicUrl, 'csv'),
  })
  tokenRoutes(http, { tokens: tokenApi, contextOf })
  cspReportsRoute(http)
  healthRoute(http, createReadiness({ ...on, database, audit: services.audit }))
  if (config.ups.environment === 'stand-in') devMailRoute(http, letters, config.publicUrl)
  await pagesRoute(http, on.webRoot)

  return {
    http,
    database,
    services,
    sweep: () => sweepJob.tick(),
    sendLetters: () => letterJob.tick(),
    async forget() {
      await sessions.forgetExpired()
      await services.mail.forgetSettled()
    },
    tendAudit,
    async close() {
      await http.close()
      await refreshes.settled()
      await letterJob.settled()
      await database.close()
    },
  }
}

async function createServices(config: Config, database: Database, on: Surroundings) {
  const { clock, random, randomBytes } = on
  const sealer = createSealer(config.vaultKeys, randomBytes)
  const hash = await openInstallation(database, {
    upsEnvironment: config.ups.environment,
    sealer,
    clock,
    randomBytes,
  })
  const cursors = new Cursors(hash)
  const audit = new AuditService(clock)
  const mail = new MailService({ database, clock, sealer, publicUrl: config.publicUrl })
  const applications = new ApplicationService(config, on)
  const companies = new CompanyService({ database, clock, cursors })
  const users = new UserService(database, clock, withGroups)
  const sessions = new SessionService({ database, clock, hash, randomBytes, users, audit })
  const vault = new VaultService(database, sealer, cursors)
  const authorizations = new AuthorizationService({ database, clock, vault, audit })
  const slices = { database, clock, audit, companies, users, authorizations }
  const enrolments = new EnrolmentService(slices)
  const outcomes = new OptInOutcomeService(slices)
  const visits = { ...slices, hash, sealer, applications }
  const beginOptIns = new BeginOptInService(visits)
  const completeOptIns = new CompleteOptInService({
    ...visits,
    log: on.log,
    vault,
    planRefresh: (life) => planRefresh(life, clock(), random()),
    sessionIsAlive: (manager, sessionId) => sessions.isAlive(manager, sessionId),
  })
  const health = new ApplicationHealthService({ ...slices, random, log: on.log })
  await health.prepare()
  const spill = new SpillFolder(join(config.dataDir, 'spill'))
  const outcome = new RefreshOutcome({ ...slices, random, vault, health })
  const refreshes = new RefreshService({
    ...slices,
    random,
    log: on.log,
    at: on.at ?? nothingHappens,
    applications,
    vault,
    health,
    spill,
    lease: new RefreshLease({ ...slices, random, vault, health, owner: randomUUID() }),
    outcome,
  })
  const apiKeys = new ApiKeyService({ database, clock, hash, randomBytes })
  const handOuts = new HandOutService({ ...slices, apiKeys, refreshes })
  const digests = new HandOutDigestService(slices)
  const trail = { ...slices, hash, log: on.log, digests }
  return {
    apiClients: new ApiClientService({ ...slices, apiKeys }),
    apiClientLists: new ApiClientListService({ ...slices, cursors }),
    apiKeys,
    audit,
    auditJobs: createAuditJobs({ ...trail, owner: randomUUID() }),
    auditTrail: new AuditTrailService({ ...slices, cursors }),
    authorizations,
    beginOptIns,
    companies,
    companyLifecycles: new CompanyLifecycleService({ ...slices, enrolments }),
    companyMembers: new CompanyMemberService({ database, cursors }),
    completeOptIns,
    enrolments,
    groupLists: new GroupListService({ database, cursors }),
    groups: new GroupService(slices),
    health,
    hiddenCompanies: new HiddenCompaniesService(database),
    imports: new BulkImportService({ ...slices, enrolments }),
    mail,
    memberships: new MembershipService(slices),
    outcome,
    outcomes,
    refreshes,
    sealer,
    refusals: new RefusalService(trail),
    sessions,
    spill,
    tokenApi: new TokenApiService({ ...slices, apiKeys, handOuts, refreshes }),
    users,
    vault,
  }
}

function createResolvers(services: Services): object[] {
  const { beginOptIns, companies, enrolments, outcomes, refreshes, sessions, users, vault } = services
  return [
    new ApiClientCountResolver(services.apiClientLists),
    new ApiClientResolver(services.apiClients, services.apiClientLists),
    new ApplicationResolver(),
    new AuditEventCountResolver(services.auditTrail),
    new AuditTrailResolver(services.auditTrail),
    new AuthorizationResolver(services),
    new CompanyAuthorizationsResolver(services),
    new CompanyLifecycleResolver(services.companyLifecycles),
    new CompanyResolver(companies),
    new EnrolmentResolver(enrolments),
    new HiddenCompaniesResolver(services.hiddenCompanies),
    new CompanyMemberResolver(services.companyMembers),
    new CompanyMembersResolver(services.companyMembers),
    new GroupResolver(services.groups, services.groupLists),
    new MembershipResolver(services.memberships),
    new OptInResolver(beginOptIns, outcomes),
    new RefreshResolver(refreshes),
    new SessionResolver(sessions, users),
    new TokenApiResolver(services.tokenApi),
    new TokenHistoryCountResolver(vault),
    new TokenHistoryResolver(vault),
    new UserResolver(users),
  ]
}
