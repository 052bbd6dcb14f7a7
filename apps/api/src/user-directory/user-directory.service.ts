import { Brackets, IsNull, type SelectQueryBuilder } from 'typeorm'
import { checkPageSize, countLimit, toConnection, type PageRequest } from '../connection.js'
import type { CountedConnection } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import type { SessionService } from '../session/session.service.js'
import { displayNameKey, UserEntity } from '../user/user.entity.js'
import { companyCountsOf } from './company-counts.js'
import { userDirectoryErrors } from './user-directory.errors.js'
import type { UserAccount } from './user-directory.type.js'

interface Surroundings {
  database: Database
  cursors: Cursors
  sessions: SessionService
}

interface DirectorySearch extends PageRequest {
  search: string | null
}

const scope = 'users'

/** Everybody who has an account, for solution admins. It counts companies and names none: which there are is ruled elsewhere. */
export class UserDirectoryService {
  constructor(private readonly on: Surroundings) {}

  async list(context: RequestContext, asked: DirectorySearch): Promise<CountedConnection<UserAccount>> {
    if (!can(requireViewer(context), 'user.list')) throw userDirectoryErrors.PEOPLE_NOT_YOURS_TO_SEE()
    const first = checkPageSize(asked.first)
    const query = this.#people(asked.search)
    if (asked.after !== null) {
      const [after] = this.on.cursors.open(scope, asked.after)
      query.andWhere('person.signInNameKey > :after', { after })
    }
    const people = await query
      .orderBy('person.signInNameKey')
      .take(first + 1)
      .getMany()
    const { edges, pageInfo } = toConnection(people, asked, ({ signInNameKey }) =>
      this.on.cursors.seal(scope, [signInNameKey]),
    )
    const ids = edges.map(({ node }) => node.id)
    const sessionCounts = await this.on.sessions.countsOf(ids)
    const companyCounts = await companyCountsOf(this.on.database.reader, ids)
    return {
      edges: edges.map(({ cursor, node: user }) => ({
        cursor,
        node: {
          user,
          email: user.email,
          createdAt: user.createdAt,
          lastSignInAt: user.lastSignInAt,
          sessionCount: sessionCounts.get(user.id) ?? 0,
          companyCount: companyCounts.get(user.id) ?? 0,
        },
      })),
      pageInfo,
      count: async () =>
        (await this.#people(asked.search).select('person.id').take(countLimit).getMany()).length,
    }
  }

  /** Ranges instead of LIKE: they use the indices on both databases, and know no wildcards. */
  #people(search: string | null): SelectQueryBuilder<UserEntity> {
    const query = this.on.database.reader
      .createQueryBuilder(UserEntity, 'person')
      .where({ erasedAt: IsNull() })
    const prefix = displayNameKey(search ?? '')
    if (!prefix) return query
    const begins = (key: string) => `(person.${key} >= :prefix AND person.${key} < :end)`
    return query.andWhere(
      new Brackets((any) =>
        any.where(begins('signInNameKey')).orWhere(begins('displayNameKey')).orWhere(begins('emailKey')),
      ),
      { prefix, end: prefix + '\u{10FFFF}' },
    )
  }
}
