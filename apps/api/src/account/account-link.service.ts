import type { EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { timeAfter, timeBefore } from '../db/columns.js'
import { newId } from '../db/new-id.js'
import type { KeyedHash } from '../keyed-hash.js'
import { newLinkToken } from '../link-token.js'
import { AccountLinkEntity } from './account-link.entity.js'

type Purpose = AccountLinkEntity['purpose']

interface Surroundings {
  clock: Clock
  hash: KeyedHash
  randomBytes: (size: number) => Buffer
}

/** The secrets of links in letters: 256 bits, kept only as a hash, each good for one use and a short time (S-64). */
export class AccountLinks {
  constructor(private readonly on: Surroundings) {}

  newToken(): { token: string; tokenHash: string } {
    const token = newLinkToken(this.on.randomBytes)
    return { token, tokenHash: this.hashOf(token) }
  }

  hashOf(token: string): string {
    return this.on.hash('account-link', token)
  }

  /** A new link; the former one of its kind is void. */
  async issue(
    manager: EntityManager,
    link: { userId: string; purpose: Purpose; email?: string },
    lifeMs: number,
  ): Promise<string> {
    const { userId, purpose, email = null } = link
    await manager.delete(AccountLinkEntity, { userId, purpose })
    const { token, tokenHash } = this.newToken()
    const createdAt = this.on.clock()
    const expiresAt = new Date(createdAt.getTime() + lifeMs)
    const row = { id: newId(createdAt), userId, purpose, email, tokenHash, createdAt, expiresAt }
    await manager.insert(AccountLinkEntity, row)
    return token
  }

  find(manager: EntityManager, purpose: Purpose, token: string): Promise<AccountLinkEntity | null> {
    const expiresAt = timeAfter(this.on.clock())
    return manager.findOneBy(AccountLinkEntity, { purpose, tokenHash: this.hashOf(token), expiresAt })
  }

  /** Of many that come with the same link at once, one is told true. */
  async use(manager: EntityManager, { id }: AccountLinkEntity): Promise<boolean> {
    const { affected } = await manager.delete(AccountLinkEntity, { id })
    return affected === 1
  }

  async voidAll(manager: EntityManager, userId: string): Promise<void> {
    await manager.delete(AccountLinkEntity, { userId })
  }

  async forgetExpired(manager: EntityManager): Promise<void> {
    await manager.delete(AccountLinkEntity, { expiresAt: timeBefore(this.on.clock()) })
  }
}
