import { setTimeout as delay } from 'node:timers/promises'
import type { EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { takeTurn } from '../db/lease.js'
import type { Database } from '../db/transaction.js'
import { deleteSomeOfRemoved, deleteSomeThatAreOver } from './forget-orders.js'

interface Surroundings {
  database: Database
  clock: Clock
}

const atOnce = 1000
const day = 24 * 3600_000

/** Orders of removed companies, and those whose time is over: a few in a transaction, so that nobody waits for a million. */
export class ClearOrdersJob {
  #underWay: Promise<void> | null = null
  #isStopped = false

  constructor(private readonly on: Surroundings) {}

  /** Who asks meanwhile waits for what is under way. */
  run(): Promise<void> {
    return (this.#underWay ??= this.#run().finally(() => (this.#underWay = null)))
  }

  /** Ends after the transaction that is under way: what is left waits for the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#underWay
  }

  async #run(): Promise<void> {
    const { database, clock } = this.on
    await this.#untilDone((manager) => deleteSomeOfRemoved(manager, atOnce))
    const now = clock()
    if (await takeTurn(database, { name: 'sales_orders.over', now, ms: day }))
      await this.#untilDone((manager) => deleteSomeThatAreOver(manager, now, atOnce))
  }

  async #untilDone(deleteSome: (manager: EntityManager) => Promise<number>): Promise<void> {
    const { database, clock } = this.on
    for (let isMore = true; isMore && !this.#isStopped;) {
      const begun = clock()
      isMore = (await database.inTransaction(deleteSome)) === atOnce
      // SQLite serves one writer at a time and in no order: the others get as much time as this took.
      if (isMore) await delay(clock().getTime() - begun.getTime())
    }
  }
}
