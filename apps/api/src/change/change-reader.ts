import { In, MoreThan } from 'typeorm'
import type { Clock } from '../clock.js'
import type { Database } from '../db/transaction.js'
import { hearNotifications } from '../db/notifications.js'
import type { Logger } from '../log.js'
import { AuthorizationChangeEntity } from './authorization-change.entity.js'
import { changeChannel } from './change.service.js'

const pollMs = 1_000
const batch = 500
/** How long a number that was left out may still turn up: its transaction has not been committed yet. */
const lateForMs = 60_000
const lookBack = 100
const mostMissing = 1_000

export type Heard = (change: AuthorizationChangeEntity) => void

interface Surroundings {
  database: Database
  clock: Clock
  log: Pick<Logger, 'warn'>
}

/**
 * Reads the changes of all processes for everybody in this one who listens: one query however many they are, none while
 * there is nobody. Numbers are given before they are committed, so a gap is looked for again until it must be one of a
 * transaction that failed; readers need no order, since each looks at what the authorization is now.
 */
export class ChangeReader {
  readonly #listeners = new Set<Heard>()
  readonly #missing = new Map<number, number>()
  #head: number | null = null
  #timer: NodeJS.Timeout | null = null
  #stopHearing: (() => Promise<void>) | null = null
  #reading: Promise<void> | null = null
  #isWanted = false
  #isBroken = false

  constructor(private readonly on: Surroundings) {}

  /** Answers how to stop it. */
  listen(heard: Heard): () => void {
    this.#listeners.add(heard)
    if (this.#listeners.size === 1) this.#begin()
    return () => {
      if (this.#listeners.delete(heard) && this.#listeners.size === 0) void this.#end()
    }
  }

  /** How many will be told of a change that is committed from now on. */
  get listening(): number {
    return this.#head === null ? 0 : this.#listeners.size
  }

  async close(): Promise<void> {
    this.#listeners.clear()
    await this.#end()
    await this.#reading
  }

  #begin(): void {
    this.#timer = setInterval(() => this.#read(), pollMs)
    this.#stopHearing = hearNotifications(this.on.database, changeChannel, () => this.#read())
    this.#read()
  }

  async #end(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#head = null
    this.#missing.clear()
    const stopHearing = this.#stopHearing
    this.#stopHearing = null
    await stopHearing?.()
  }

  /** Woken while it reads, it reads once more: what has come since may not be in that answer. */
  #read(): void {
    this.#isWanted = true
    this.#reading ??= this.#readAll().finally(() => (this.#reading = null))
  }

  async #readAll(): Promise<void> {
    while (this.#isWanted && this.#timer) {
      this.#isWanted = false
      try {
        if (this.#head === null) await this.#findHead()
        else if ((await this.#readOn()) === batch) this.#isWanted = true
        this.#isBroken = false
      } catch (err) {
        if (!this.#isBroken) this.on.log.warn({ err }, 'changes cannot be read at the moment')
        this.#isBroken = true
      }
    }
  }

  /** What is there already is nothing new; what is on its way may have a lower number. */
  async #findHead(): Promise<void> {
    const rows = await this.on.database.reader.find(AuthorizationChangeEntity, {
      order: { id: 'DESC' },
      take: lookBack,
    })
    this.#head = Math.max(0, (rows[0]?.id ?? 0) - lookBack)
    for (const { id } of rows.reverse()) this.#advanceTo(id)
  }

  async #readOn(): Promise<number> {
    const now = this.on.clock().getTime()
    for (const [id, until] of this.#missing) if (until <= now) this.#missing.delete(id)
    const late = [...this.#missing.keys()]
    const rows = await this.on.database.reader.find(AuthorizationChangeEntity, {
      where: [{ id: MoreThan(this.#head ?? 0) }, ...(late.length > 0 ? [{ id: In(late) }] : [])],
      order: { id: 'ASC' },
      take: batch,
    })
    for (const row of rows) {
      this.#advanceTo(row.id)
      this.#missing.delete(row.id)
      for (const heard of this.#listeners) heard(row)
    }
    return rows.length
  }

  /** Whatever lies between the last number and this one has been given to somebody, and is not committed yet. */
  #advanceTo(id: number): void {
    const head = this.#head ?? 0
    const until = this.on.clock().getTime() + lateForMs
    for (let missing = Math.max(head + 1, id - mostMissing); missing < id; missing++)
      this.#missing.set(missing, until)
    this.#head = Math.max(head, id)
  }
}
