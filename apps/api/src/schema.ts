import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync, type ContainerType, type PubSub } from 'type-graphql'
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
import { DateTime } from './date-time.js'
import { CompanyMemberResolver, CompanyMembersResolver } from './group/company-member.resolver.js'
import { GroupCandidateResolver } from './group/group-candidate.resolver.js'
import { GroupResolver } from './group/group.resolver.js'
import { AcceptInvitationResolver, InviteResolver } from './invitation/invitation.resolver.js'
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
import { MembershipResolver } from './user/membership.resolver.js'
import { UserDirectoryResolver } from './user-directory/user-directory.resolver.js'
import { UserResolver } from './user/user.resolver.js'
import { EventFeedResolver } from './webhook/event-feed.resolver.js'
import { WebhookDeliveryResolver } from './webhook/webhook-delivery.resolver.js'
import { WebhookResolver } from './webhook/webhook.resolver.js'

/** The one list of resolvers: the server and the emitted schema are made of the same. */
const resolvers = [
  AcceptInvitationResolver,
  AccountExecutiveResolver,
  AccountResolver,
  AlarmResolver,
  ApiClientControlResolver,
  ApiClientCountResolver,
  ApiClientResolver,
  ApplicationResolver,
  AuditEventCountResolver,
  AuditTrailResolver,
  AuthorizationChangedResolver,
  AuthorizationResolver,
  CompanyAuthorizationsResolver,
  CompanyLicenseKeyResolver,
  CompanyLifecycleResolver,
  CompanyResolver,
  EnrolmentResolver,
  ErasureResolver,
  EventFeedResolver,
  FigureResolver,
  HandOutResolver,
  HiddenCompaniesResolver,
  CompanyMemberResolver,
  CompanyMembersResolver,
  GroupResolver,
  GroupCandidateResolver,
  InviteResolver,
  LicenseKeyResolver,
  MembershipResolver,
  NoticeResolver,
  OptInResolver,
  OverviewResolver,
  OwnAccountResolver,
  RefreshResolver,
  SalesOrderResolver,
  SessionCountResolver,
  SessionResolver,
  StandingResolver,
  TokenApiResolver,
  TokenHistoryCountResolver,
  TokenHistoryResolver,
  UserDirectoryResolver,
  UserResolver,
  UserSessionsResolver,
  WebhookDeliveryResolver,
  WebhookResolver,
] as const

interface Parts {
  instances?: readonly object[]
  /** Where subscriptions get their events from; whoever makes events does it elsewhere. */
  events?: PubSub['subscribe']
}

const noEvents: PubSub['subscribe'] = () => {
  throw new Error('this schema was made without events')
}

/** The parts are made by hand in `app.ts`; the emitter needs none. */
export function createSchema({ instances = [], events = noEvents }: Parts = {}): GraphQLSchema {
  const byClass = new Map(instances.map((instance) => [instance.constructor, instance]))
  const container: ContainerType = { get: (resolver: object) => byClass.get(resolver as never) }
  return buildSchemaSync({
    resolvers,
    container,
    pubSub: { subscribe: events, publish: () => undefined },
    // type-graphql leaves validation off by default (S-85).
    // It would run an introspection query at each start; the emitter checks the same schema, once.
    skipCheck: true,
    validate: { forbidUnknownValues: false, stopAtFirstError: true },
    scalarsMap: [{ type: Date, scalar: DateTime }],
  })
}
