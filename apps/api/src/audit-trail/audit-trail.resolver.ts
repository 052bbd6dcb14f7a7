import { Args, ArgsType, Ctx, Field, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import type { ApplicationId } from '../application/applications.js'
import { countField } from '../connection.js'
import type { RequestContext } from '../context.js'
import type { AuditEntry } from './audit-entry.js'
import { AuditFilterInput } from './audit-trail.inputs.js'
import type { AuditTrailService } from './audit-trail.service.js'
import { AuditEventConnection, type AuditEventType } from './audit-trail.type.js'

@ArgsType()
class AuditEventsArgs {
  @Field(() => AuditFilterInput, { nullable: true, description: 'What is looked for.' })
  filter: AuditFilterInput | null

  @Field(() => Int, { defaultValue: 25, description: 'How many; 1 to 100.' })
  first: number

  @Field(() => String, { nullable: true, description: 'The cursor after which to go on.' })
  after: string | null
}

@Resolver()
export class AuditTrailResolver {
  constructor(private readonly trail: AuditTrailService) {}

  @Query(() => AuditEventConnection, {
    description:
      'The audit trail, newest first: of the companies that the viewer is an admin of, and everybody’s own deeds. A solution admin sees that of the visible companies, and what belongs to none.',
  })
  async auditEvents(
    @Args(() => AuditEventsArgs) { filter, first, after }: AuditEventsArgs,
    @Ctx() context: RequestContext,
  ): Promise<AuditEventConnection> {
    const search = { filter: filter ?? {}, first, after: after ?? null }
    const { edges, pageInfo } = await this.trail.list(context, search)
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: typeOf(node) })), pageInfo, search }
  }
}

@Resolver(() => AuditEventConnection)
export class AuditEventCountResolver {
  constructor(private readonly trail: AuditTrailService) {}

  @FieldResolver(countField.type, { description: countField.description })
  totalCount(@Root() connection: AuditEventConnection, @Ctx() context: RequestContext): Promise<number> {
    return this.trail.count(context, connection.search)
  }
}

function typeOf({ applicationId, details, ...entry }: AuditEntry): AuditEventType {
  const particulars = Object.entries(details).map(([name, value]) => ({ name, value: String(value) }))
  return { ...entry, application: applicationId as ApplicationId | null, details: particulars }
}
