import { In } from 'typeorm'
import { ApiClientEntity } from '../api-client/api-client.entity.js'
import type { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { checkPageSize, countLimit, toConnection, type PageRequest } from '../connection.js'
import type { CountedConnection } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import { HandOutEntity } from './hand-out.entity.js'
import type { HandOutType } from './hand-out.type.js'

interface Surroundings {
  database: Database
  cursors: Cursors
}

/** Who took the tokens of one authorization, newest first: for the admins of its company. */
export class HandOutListService {
  constructor(private readonly on: Surroundings) {}

  /** Null for who may not know which third-party applications there are. */
  async of(
    context: RequestContext,
    { id: authorizationId, companyId }: AuthorizationEntity,
    page: PageRequest,
  ): Promise<CountedConnection<HandOutType> | null> {
    if (!can(requireViewer(context), 'apiClient.view', companyId)) return null
    const scope = `token_hand_outs ${authorizationId}`
    const first = checkPageSize(page.first)
    const query = this.#of(authorizationId)
    if (page.after !== null) {
      const [at, id] = this.on.cursors.open(scope, page.after)
      // The first half says nothing new, but is what an index can begin at.
      query.andWhere('taken.at <= :at AND (taken.at < :at OR taken.id < :id)', { at, id })
    }
    const rows = await query
      .orderBy('taken.at', 'DESC')
      .addOrderBy('taken.id', 'DESC')
      .limit(first + 1)
      .getMany()
    const connection = toConnection(await this.#named(rows), page, ({ at, id }) =>
      this.on.cursors.seal(scope, [at.getTime(), id]),
    )
    const count = async () =>
      (await this.#of(authorizationId).select('taken.id').limit(countLimit).getMany()).length
    return { ...connection, count }
  }

  #of(authorizationId: string) {
    return this.on.database.reader
      .createQueryBuilder(HandOutEntity, 'taken')
      .where('taken.authorizationId = :authorizationId', { authorizationId })
  }

  async #named(rows: HandOutEntity[]): Promise<HandOutType[]> {
    const ids = [...new Set(rows.map(({ clientId }) => clientId))]
    const clients =
      ids.length === 0 ? [] : await this.on.database.reader.findBy(ApiClientEntity, { id: In(ids) })
    const names = new Map(clients.map(({ id, name }) => [id, name]))
    return rows.map(({ id, at, generation, address, clientId }) => ({
      id,
      at,
      generation,
      address,
      clientName: names.get(clientId) ?? '',
    }))
  }
}
