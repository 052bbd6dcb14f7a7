import type { EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { timeBefore } from '../db/columns.js'
import { heldRow, type Database } from '../db/transaction.js'
import type { KeyedHash } from '../keyed-hash.js'
import { signInNameKey } from '../user/user.entity.js'
import { AttemptCounterEntity } from './attempt-counter.entity.js'
import { afterTry, afterUse, attemptsKeptMs, type Attempts, type Limit } from './attempt-policy.js'
import { networkOf } from './network-of.js'

const minute = 60_000
const perNetwork: Limit = { atMost: 50, windowMs: 15 * minute }

type Next = (before: Attempts, now: Date) => Attempts | null

/** Counts tries in the database and before the work they cost, so that a thousand at once are not more than one by one (S-61). */
export class AttemptLimit {
  constructor(private readonly on: { database: Database; clock: Clock; hash: KeyedHash }) {}

  /** Whether a password may be tried; if so, it counts as a wrong one until `wasRight` says otherwise. */
  mayTryPassword(signInName: string, address: string): Promise<boolean> {
    return this.on.database.inTransaction(
      async (manager) =>
        // The network first: one that is refused cannot lock anybody else's account.
        (await this.#count(manager, networkKey('password', address), inWindow(perNetwork))) &&
        (await this.#count(manager, accountKey(signInName), afterTry)),
    )
  }

  async wasRight(manager: EntityManager, signInName: string, address: string): Promise<void> {
    await this.forgive(manager, signInName)
    const id = this.#id(networkKey('password', address))
    const count = () => 'CASE WHEN count > 0 THEN count - 1 ELSE 0 END'
    await manager.update(AttemptCounterEntity, { id }, { count })
  }

  /** A password that was given anew is not locked by tries at the former one. */
  async forgive(manager: EntityManager, signInName: string): Promise<void> {
    await manager.delete(AttemptCounterEntity, { id: this.#id(accountKey(signInName)) })
  }

  /** Requests that anybody may send and that cost us a letter or a hash. */
  mayAsk(manager: EntityManager, address: string): Promise<boolean> {
    return this.#count(manager, networkKey('request', address), inWindow(perNetwork))
  }

  /** One more of `what`, such as letters to one mailbox. */
  mayUse(manager: EntityManager, what: string, limit: Limit): Promise<boolean> {
    return this.#count(manager, `use ${what}`, inWindow(limit))
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.on.clock().getTime() - attemptsKeptMs)
    await this.on.database.inTransaction((manager) =>
      manager.delete(AttemptCounterEntity, { lastAt: timeBefore(before) }),
    )
  }

  async #count(manager: EntityManager, key: string, next: Next): Promise<boolean> {
    const id = this.#id(key)
    const now = this.on.clock()
    const fresh = { id, count: 0, beganAt: now, lastAt: now }
    // Only a row that exists can be held while it is read and written.
    await manager.createQueryBuilder().insert().into(AttemptCounterEntity).values(fresh).orIgnore().execute()
    const before = await manager.findOneOrFail(AttemptCounterEntity, { where: { id }, ...heldRow(manager) })
    const after = next(before, now)
    if (after) await manager.update(AttemptCounterEntity, { id }, after)
    return after !== null
  }

  #id(key: string): string {
    return this.on.hash('attempt', key)
  }
}

const inWindow =
  (limit: Limit): Next =>
  (before, now) =>
    afterUse(before, now, limit)

const accountKey = (signInName: string): string => `account ${signInNameKey(signInName)}`
const networkKey = (what: string, address: string): string => `${what} ${networkOf(address)}`
