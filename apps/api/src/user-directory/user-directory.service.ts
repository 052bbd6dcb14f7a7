import { IsNull, type SelectQueryBuilder } from 'typeorm'
import type { PageRequest } from '../connection.js'
import type { CountedConnection } from '../connection-type.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Cursors } from '../cursor.js'
import { begins } from '../db/begins.js'
import type { Database } from '../db/transaction.js'
import { keysetPage } from '../keyset-page.js'
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

/** Everybody who has an account, for solution admins. It counts companies and names none: which there are is ruled elsewhere. */
export class UserDirectoryService {
  constructor(private readonly on: Surroundings) {}

  async list(context: RequestContext, asked: DirectorySearch): Promise<CountedConnection<UserAccount>> {
    if (!can(requireViewer(context), 'user.list')) throw userDirectoryErrors.PEOPLE_NOT_YOURS_TO_SEE()
    const { edges, pageInfo, count } = await keysetPage(this.on.cursors, asked, {
      all: () => this.#people(asked.search),
      alias: 'person',
      key: 'signInNameKey',
      scope: 'users',
    })
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
      count,
    }
  }

  #people(search: string | null): SelectQueryBuilder<UserEntity> {
    const found = begins(
      ['person.signInNameKey', 'person.displayNameKey', 'person.emailKey'],
      displayNameKey(search ?? ''),
    )
    return this.on.database.reader
      .createQueryBuilder(UserEntity, 'person')
      .where({ erasedAt: IsNull() })
      .andWhere(found.condition, found.parameters)
  }
}
