import { AccountResolver } from './account/account.resolver.js'
import { OwnAccountResolver } from './account/own-account.resolver.js'
import { AlarmResolver } from './alarm/alarm.resolver.js'
import { ApiClientControlResolver } from './api-client/api-client-control.resolver.js'
import { ApiClientCountResolver, ApiClientResolver } from './api-client/api-client.resolver.js'
import { ApplicationResolver } from './application/application.resolver.js'
import { AuditEventCountResolver, AuditTrailResolver } from './audit-trail/audit-trail.resolver.js'
import { AuthorizationChangedResolver } from './authorization/authorization-changed.resolver.js'
import { AuthorizationResolver } from './authorization/authorization.resolver.js'
import { CompanyLifecycleResolver } from './authorization/company-lifecycle.resolver.js'
import { CompanyAuthorizationsResolver, HiddenCompaniesResolver } from './authorization/company.resolver.js'
import { EnrolmentResolver } from './authorization/enrolment.resolver.js'
import { ErasureResolver } from './erasure/erasure.resolver.js'
import { OptInResolver } from './authorization/opt-in.resolver.js'
import { TokenHistoryCountResolver, TokenHistoryResolver } from './authorization/token-history.resolver.js'
import { AccountExecutiveResolver, CompanyResolver } from './company/company.resolver.js'
import { CompanyLicenseKeyResolver, LicenseKeyResolver } from './license-key/license-key.resolver.js'
import { FigureResolver } from './figure/figure.resolver.js'
import { OverviewResolver } from './overview/overview.resolver.js'
import { StandingResolver } from './overview/standing.resolver.js'
import { NoticeResolver } from './notice/notice.resolver.js'
import { RefreshResolver } from './refresh/refresh.resolver.js'
import { SalesOrderResolver } from './sales-order/sales-order.resolver.js'
import { SessionCountResolver, UserSessionsResolver } from './session/session-list.resolver.js'
import { SessionResolver } from './session/session.resolver.js'
import { HandOutResolver } from './token-api/hand-out.resolver.js'
import { TokenApiResolver } from './token-api/token-api.resolver.js'
import { UserDirectoryResolver } from './user-directory/user-directory.resolver.js'
import { UserResolver } from './user/user.resolver.js'
import { peopleResolvers } from './app-people.js'
import { webhookResolvers } from './app-webhooks.js'
import type { Services } from './app-services.js'

/** What `schema.ts` lists, each with the services it asks. */
export function createResolvers(services: Services): object[] {
  const { beginOptIns, companies, enrolments, outcomes, refreshes, users, vault } = services
  return [
    ...peopleResolvers(services),
    ...webhookResolvers(services),
    new AccountExecutiveResolver(),
    new AccountResolver(services),
    new AlarmResolver(services.alarms),
    new ApiClientCountResolver(services.apiClientLists),
    new ApiClientControlResolver(services),
    new ApiClientResolver(services),
    new ApplicationResolver(services.upsEnvironment),
    new AuditEventCountResolver(services.auditTrail),
    new AuditTrailResolver(services.auditTrail),
    new AuthorizationChangedResolver(services.authorizations),
    new AuthorizationResolver(services),
    new CompanyAuthorizationsResolver(services),
    new CompanyLicenseKeyResolver(services.licenseKeys),
    new CompanyLifecycleResolver(services.companyLifecycles),
    new CompanyResolver(companies),
    new EnrolmentResolver(enrolments),
    new ErasureResolver(services.erasures),
    new FigureResolver(services.figures),
    new HandOutResolver(services.handOutLists),
    new HiddenCompaniesResolver(services.hiddenCompanies),
    new LicenseKeyResolver(services.licenseKeys, users),
    new NoticeResolver(services.noticePreferences),
    new OptInResolver(beginOptIns, outcomes),
    new OverviewResolver(services.overviews, services.hiddenCompanies),
    new OwnAccountResolver(services),
    new RefreshResolver(refreshes),
    new SalesOrderResolver(services.salesOrders),
    new SessionCountResolver(services.sessionLists),
    new SessionResolver(services),
    new StandingResolver(services, services.clock),
    new TokenApiResolver(services.tokenApi),
    new TokenHistoryCountResolver(vault),
    new TokenHistoryResolver(vault),
    new UserDirectoryResolver(services.userDirectory),
    new UserResolver(users),
    new UserSessionsResolver(services.sessionLists),
  ]
}
