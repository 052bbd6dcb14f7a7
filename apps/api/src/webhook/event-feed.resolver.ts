import { Args, Ctx, Query, Resolver } from 'type-graphql'
import type { AuthorizationStatus, EndReason } from '../authorization/authorization-state.js'
import { connectionType, PageArgs, type CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import type { AuthorizationEventEntity } from '../event/authorization-event.entity.js'
import type { EventFeedService } from './event-feed.service.js'
import { AuthorizationEventType } from './event.type.js'

const AuthorizationEventConnection = connectionType(() => AuthorizationEventType, {
  name: 'AuthorizationEvent',
  description:
    'Events, the oldest first. pageInfo.endCursor is there on an empty page as well, and goes on from it.',
})

@Resolver()
export class EventFeedResolver {
  constructor(private readonly eventFeed: EventFeedService) {}

  @Query(() => AuthorizationEventConnection, {
    description:
      'What happened to authorizations in the last 30 days, for an API key with STATUS_READ. Each call goes on from the cursor of the one before, and misses nothing.',
  })
  async events(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<AuthorizationEventType>> {
    const found = await this.eventFeed.page(context, page)
    const edges = found.edges.map(({ cursor, node }) => ({ cursor, node: shown(node) }))
    return { ...found, edges }
  }
}

const shown = ({ at, applicationId, status, endReason, ...event }: AuthorizationEventEntity) => ({
  ...event,
  timestamp: at,
  application: applicationId,
  status: status as AuthorizationStatus,
  endReason: endReason as EndReason | null,
})
