import { ApiClientGrantEntity } from '../api-client/api-client-grant.entity.js'
import { checkPageSize, countLimit, toConnection, type PageRequest } from '../connection.js'
import type { CountedConnection } from '../connection-type.js'
import { requireApiCaller, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import { AuthorizationEventEntity } from '../event/authorization-event.entity.js'
import { placesOf } from '../event/event.service.js'
import { webhookErrors } from './webhook.errors.js'

/** Which events; what is left out does not matter. */
export interface FeedRange {
  /** The place after which they begin. */
  after?: number
  since?: Date
  eventId?: string
}

export interface FeedPart {
  events: AuthorizationEventEntity[]
  hasMore: boolean
  /** The place up to which there is nothing else. */
  upTo: number
}

interface Surroundings {
  database: Database
  cursors: Cursors
}

/** Events in one order without gaps, for receivers that would rather ask, or that were down. */
export class EventFeedService {
  constructor(private readonly on: Surroundings) {}

  /** Oldest first. The cursor at the end goes on from there, also where nothing has come. */
  async page(
    context: RequestContext,
    page: PageRequest,
  ): Promise<CountedConnection<AuthorizationEventEntity>> {
    const { clientId } = requireApiCaller(context)
    const most = checkPageSize(page.first)
    await this.#requireScope(clientId)
    const range = page.after === null ? {} : { after: this.placeOf(clientId, page.after) }
    const { events, hasMore, upTo } = await this.read(clientId, range, most)
    const cursorOf = (place: number) => this.on.cursors.seal(scopeOf(clientId), [place])
    const connection = toConnection(events, page, ({ position }) => cursorOf(position ?? 0))
    const pageInfo = { ...connection.pageInfo, hasNextPage: hasMore, endCursor: cursorOf(upTo) }
    const count = async () => (await this.#of(clientId, {}).limit(countLimit).getMany()).length
    return { ...connection, pageInfo, count }
  }

  placeOf(clientId: string, cursor: string): number {
    return Number(this.on.cursors.open(scopeOf(clientId), cursor)[0])
  }

  /** Those that the client may know of at this moment. */
  async read(clientId: string, range: FeedRange, most: number): Promise<FeedPart> {
    const { reader } = this.on.database
    // Read first: what gets its place meanwhile is left for the next time.
    const { head, first } = await placesOf(reader)
    // Whoever goes on from before the first that is kept has missed some, and must not take that for silence.
    if (range.after !== undefined && range.after + 1 < first) throw webhookErrors.EVENTS_NO_LONGER_KEPT()
    const found = await this.#of(clientId, range)
      .andWhere('event.position <= :head', { head })
      .orderBy('event.position')
      .limit(most + 1)
      .getMany()
    const events = found.slice(0, most)
    const hasMore = found.length > most
    return { events, hasMore, upTo: (hasMore && events.at(-1)?.position) || head }
  }

  #of(clientId: string, { after = 0, since, eventId }: FeedRange) {
    const query = this.on.database.reader
      .createQueryBuilder(AuthorizationEventEntity, 'event')
      .innerJoin(
        ApiClientGrantEntity,
        'granted',
        'granted.companyId = event.companyId AND granted.applicationId = event.applicationId',
      )
      .where('granted.clientId = :clientId AND granted.mayReadStatus = :may', { clientId, may: true })
      .andWhere('event.position > :after', { after })
    if (since) query.andWhere('event.at >= :since', { since: since.getTime() })
    if (eventId !== undefined) query.andWhere('event.id = :eventId', { eventId })
    return query
  }

  async #requireScope(clientId: string): Promise<void> {
    const granted = { clientId, mayReadStatus: true }
    if (!(await this.on.database.reader.existsBy(ApiClientGrantEntity, granted)))
      throw webhookErrors.EVENTS_NEED_STATUS_READ()
  }
}

const scopeOf = (clientId: string): string => `events ${clientId}`
