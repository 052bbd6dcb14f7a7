import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createAccounts } from './app-accounts.js'
import { createPeople, otherRights, usedUp } from './app-people.js'
import { createWebhooks } from './app-webhooks.js'
import { AlarmService } from './alarm/alarm.service.js'
import { ApiClientControlService } from './api-client/api-client-control.service.js'
import { ApiClientGrantService } from './api-client/api-client-grant.service.js'
import { ApiClientListService } from './api-client/api-client-list.service.js'
import { ApiClientRights } from './api-client/api-client-rights.js'
import { ApiClientService } from './api-client/api-client.service.js'
import { ApiKeyService } from './api-client/api-key.service.js'
import { KeyRotationService } from './api-client/key-rotation.service.js'
import { KeyUses } from './api-client/key-uses.js'
import { RequestQuotas } from './api-client/request-quotas.js'
import { ApplicationService } from './application/application.service.js'
import { AuditService } from './audit/audit.service.js'
import { RefusalService } from './audit/refusal.service.js'
import { createAuditJobs } from './audit/tend-audit.job.js'
import { AuditTrailService } from './audit-trail/audit-trail.service.js'
import { ErasureService } from './erasure/erasure.service.js'
import { ExportService } from './export/export.service.js'
import { HistoryService } from './export/history.service.js'
import { AuthorizationService } from './authorization/authorization.service.js'
import { CompanyLifecycleService } from './authorization/company-lifecycle.service.js'
import { EnrolmentService } from './authorization/enrolment.service.js'
import { HiddenCompaniesService } from './authorization/hidden-companies.service.js'
import { OptInOutcomeService } from './authorization/opt-in-outcome.service.js'
import { goOnInSession } from './authorization/go-on-in-session.js'
import { BeginOptInService } from './authorization/begin-opt-in.service.js'
import { CompleteOptInService } from './authorization/complete-opt-in.service.js'
import { BulkImportService } from './bulk-import/bulk-import.service.js'
import { ChangeReader } from './change/change-reader.js'
import { ChangeService } from './change/change.service.js'
import { CompanyService } from './company/company.service.js'
import type { Config } from './config.js'
import { Cursors } from './cursor.js'
import type { Database } from './db/transaction.js'
import { EventService } from './event/event.service.js'
import { openInstallation } from './installation.js'
import { LicenseKeyService } from './license-key/license-key.service.js'
import { FigureService } from './figure/figure.service.js'
import { OverviewService } from './overview/overview.service.js'
import { MailService } from './mail/mail.service.js'
import { MetricsService } from './metrics/metrics.service.js'
import { NoticePreferencesService } from './notice/notice-preferences.service.js'
import { NoticeService } from './notice/notice.service.js'
import { ApplicationHealthService } from './refresh/application-health.service.js'
import { nothingHappens } from './refresh/fault-points.js'
import { RefreshLease } from './refresh/refresh-lease.js'
import { RefreshOutcome } from './refresh/refresh-outcome.service.js'
import { planRefresh } from './refresh/refresh-policy.js'
import { RefreshService } from './refresh/refresh.service.js'
import { SpillFolder } from './refresh/spill.js'
import { ClearOrdersJob } from './sales-order/clear-orders.job.js'
import { OrderImportService } from './sales-order/order-import.service.js'
import { SalesOrderService } from './sales-order/sales-order.service.js'
import { createSealer } from './seal.js'
import { SessionService } from './session/session.service.js'
import { Tally } from './tally.js'
import { GrantedAuthorizations } from './token-api/granted-authorizations.js'
import { HandOutDigestService } from './token-api/hand-out-digest.service.js'
import { HandOutListService } from './token-api/hand-out-list.service.js'
import { HandOutService } from './token-api/hand-out.service.js'
import { TokenApiService } from './token-api/token-api.service.js'
import { UserDirectoryService } from './user-directory/user-directory.service.js'
import { VisibleAuthorizations } from './token-api/visible-authorizations.js'
import { UserService } from './user/user.service.js'
import { VaultService } from './vault/vault.service.js'
import type { Surroundings } from './app-surroundings.js'

export type Services = Awaited<ReturnType<typeof createServices>>

/** Every service, by hand and in order. */
export async function createServices(config: Config, database: Database, on: Surroundings) {
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
  const alarms = new AlarmService({ database, clock, mail, log: on.log })
  const tally = new Tally()
  const onClockSkew = (isOff: boolean) => alarms.tell({ kind: 'CLOCK_SKEW' }, isOff)
  const applications = new ApplicationService(config, { ...on, onClockSkew })
  const companies = new CompanyService({ database, clock, cursors })
  const users = new UserService(database, clock, otherRights(clock))
  const sessions = new SessionService({
    database,
    clock,
    hash,
    randomBytes,
    audit,
    onRenewed: goOnInSession,
  })
  const people = { database, clock, random, hash, randomBytes, audit, mail, users, sessions, cursors }
  const accounts = createAccounts(people)
  const vault = new VaultService(database, sealer, cursors)
  const changes = new ChangeService({ database, clock })
  const events = new EventService({ database, clock })
  const notices = new NoticeService({ database, clock })
  const authorizations = new AuthorizationService({
    database,
    clock,
    vault,
    audit,
    changes,
    events,
    onInvalidated: (manager, authorization) => notices.ended(manager, authorization),
  })
  const slices = { database, clock, audit, changes, events, companies, users, authorizations }
  const enrolments = new EnrolmentService(slices)
  const outcomes = new OptInOutcomeService(slices)
  const visits = { ...slices, hash, sealer, applications }
  const beginOptIns = new BeginOptInService(visits)
  const completeOptIns = new CompleteOptInService({
    ...visits,
    log: on.log,
    vault,
    planRefresh: (life) => planRefresh(life, clock(), random()),
    onAuthorized: usedUp(clock),
    sessionIsAlive: (manager, sessionId) => sessions.isAlive(manager, sessionId),
  })
  const health = new ApplicationHealthService({ ...slices, random, alarms, log: on.log })
  await health.prepare()
  const spill = new SpillFolder(join(config.dataDir, 'spill'))
  const outcome = new RefreshOutcome({
    ...slices,
    random,
    vault,
    health,
    tally,
    onRecovered: (manager, authorization) => notices.recovered(manager, authorization),
  })
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
  const keyUses = new KeyUses({ database, clock })
  const apiKeys = new ApiKeyService({ database, clock, hash, randomBytes, keyUses })
  const quotas = new RequestQuotas(clock, config.apiLimits)
  const apiClientLists = new ApiClientListService({ ...slices, cursors })
  const thirdParties = { ...slices, apiKeys, clientRights: new ApiClientRights(slices), apiClientLists }
  const handOuts = new HandOutService({ ...slices, apiKeys, refreshes, tally })
  const digests = new HandOutDigestService(slices)
  const noticePreferences = new NoticePreferencesService(slices)
  const auditTrail = new AuditTrailService({ ...slices, cursors })
  const licenseKeys = new LicenseKeyService({ ...slices, sealer })
  const trail = { ...slices, alarms, hash, log: on.log, digests }
  const members = createPeople({ ...slices, cursors, hash, mail, randomBytes })
  return {
    ...accounts,
    ...members,
    ...createWebhooks({
      ...thirdParties,
      ...{ cursors, sealer, randomBytes, resolveHost: on.resolveHost },
      mayReachLoopback: config.ups.environment === 'stand-in',
    }),
    alarms,
    apiClientControls: new ApiClientControlService(thirdParties),
    apiClientGrants: new ApiClientGrantService(thirdParties),
    apiClients: new ApiClientService(thirdParties),
    apiClientLists,
    apiKeys,
    clearOrders: new ClearOrdersJob(slices),
    audit,
    auditJobs: createAuditJobs({ ...trail, owner: randomUUID() }),
    auditTrail,
    authorizations,
    beginOptIns,
    changes,
    changeReader: new ChangeReader({ ...slices, log: on.log }),
    clock,
    companies,
    companyLifecycles: new CompanyLifecycleService({
      ...slices,
      enrolments,
      onRemoved: (manager, companyId) => licenseKeys.destroyOf(manager, companyId),
    }),
    completeOptIns,
    enrolments,
    events,
    erasures: new ErasureService({ ...slices, mail }),
    exports: new ExportService({ ...slices, auditTrail, sessions, noticePreferences }),
    figures: new FigureService(database, clock),
    handOutLists: new HandOutListService({ database, cursors }),
    health,
    histories: new HistoryService({ ...slices, auditTrail, vault }),
    hiddenCompanies: new HiddenCompaniesService(database),
    imports: new BulkImportService({
      ...slices,
      enrolments,
      invite: (manager, person) => members.invites.issue(manager, { ...person, applicationId: null }),
    }),
    licenseKeys,
    mail,
    metrics: new MetricsService({ ...people, alarms, tally }),
    keyRotations: new KeyRotationService(thirdParties),
    keyUses,
    orderImports: new OrderImportService(slices),
    notices,
    noticePreferences,
    outcome,
    outcomes,
    overviews: new OverviewService({ ...slices, cursors }),
    quotas,
    refreshes,
    salesOrders: new SalesOrderService({ ...slices, cursors }),
    sealer,
    refusals: new RefusalService(trail),
    sessions,
    spill,
    tally,
    upsEnvironment: config.ups.environment,
    userDirectory: new UserDirectoryService(people),
    tokenApi: new TokenApiService({
      ...slices,
      apiKeys,
      granted: new GrantedAuthorizations(database),
      visible: new VisibleAuthorizations({ database, vault }),
      handOuts,
      quotas,
      refreshes,
    }),
    users,
    vault,
  }
}
