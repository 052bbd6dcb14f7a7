import { In } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import { timeUntil } from '../db/columns.js'
import type { Database } from '../db/transaction.js'
import type { Logger } from '../log.js'
import type { Sealer } from '../seal.js'
import type { Tally } from '../tally.js'
import type { Letter } from './letter.js'
import type { MailTransport } from './mail-transport.js'
import { letterContext, QueuedLetterEntity } from './queued-letter.entity.js'

const batch = 5
/** A killed process loses what it took in hand after this. */
const claimMs = 60_000
const firstWaitMs = 10_000
const longestWaitMs = 3600_000
const giveUpMs = 3 * 24 * 3600_000

interface Surroundings {
  database: Database
  clock: Clock
  sealer: Sealer
  audit: AuditService
  transport: MailTransport
  log: Pick<Logger, 'warn' | 'error'>
  tally: Tally
}

type DueLetter = QueuedLetterEntity & { content: NonNullable<QueuedLetterEntity['content']> }

export class SendDueLettersJob {
  #running: Promise<number> | null = null

  constructor(private readonly on: Surroundings) {}

  /** Sends what is due, and answers how many were; while an earlier tick is still at it, that one's answer. */
  tick(): Promise<number> {
    this.#running ??= this.#sendAll().finally(() => (this.#running = null))
    return this.#running
  }

  async #sendAll(): Promise<number> {
    const due = await this.on.database.reader.existsBy(QueuedLetterEntity, {
      dueAt: timeUntil(this.on.clock()),
    })
    if (!due) return 0
    let sent = 0
    for (let claimed = await this.#claim(); claimed.length > 0; claimed = await this.#claim()) {
      sent += claimed.length
      await Promise.all(claimed.map((row) => this.#send(row)))
    }
    return sent
  }

  #claim(): Promise<DueLetter[]> {
    return this.on.database.inTransaction(async (manager) => {
      const now = this.on.clock()
      const query = manager
        .createQueryBuilder(QueuedLetterEntity, 'letter')
        .where('letter.dueAt <= :now', { now: now.getTime() })
        .orderBy('letter.dueAt')
        .limit(batch)
      // Several processes claim at once on Postgres; on SQLite the transaction has the file to itself.
      if (this.on.database.kind === 'postgres') query.setLock('pessimistic_write').setOnLocked('skip_locked')
      const rows = (await query.getMany()) as DueLetter[]
      if (rows.length === 0) return []
      const ids = rows.map(({ id }) => id)
      const dueAt = new Date(now.getTime() + claimMs)
      await manager.update(QueuedLetterEntity, { id: In(ids) }, { dueAt, attempts: () => 'attempts + 1' })
      return rows.map((row) => Object.assign(row, { attempts: row.attempts + 1 }))
    })
  }

  async #send(row: DueLetter): Promise<void> {
    try {
      const letter = JSON.parse(this.on.sealer.open(row.content, letterContext(row.id)).reveal()) as Letter
      await this.on.transport({ ...letter, id: row.id, at: row.createdAt })
    } catch (error) {
      return this.#postpone(row, error)
    }
    this.on.tally.add('letters', { outcome: 'sent' })
    await this.#settle(row, { content: null, dueAt: null, outcome: 'SENT' })
  }

  /** Only the code is logged: what a mail server says may repeat the address. */
  async #postpone(row: DueLetter, error: unknown): Promise<void> {
    const now = this.on.clock().getTime()
    const entry = { letterId: row.id, attempt: row.attempts, code: codeOf(error) }
    if (now - row.createdAt.getTime() >= giveUpMs) {
      this.on.tally.add('letters', { outcome: 'given_up' })
      this.on.log.error(entry, 'a letter could not be sent for three days and is given up')
      return this.#settle(row, { content: null, dueAt: null, outcome: 'GIVEN_UP' })
    }
    const waitMs = Math.min(firstWaitMs * 2 ** (row.attempts - 1), longestWaitMs)
    this.on.tally.add('letters', { outcome: 'failed' })
    this.on.log.warn(entry, 'a letter could not be sent and is tried again later')
    await this.#settle(row, { dueAt: new Date(now + waitMs) })
  }

  /** Unless the claim has lapsed and another process has taken it in hand. */
  async #settle(
    row: DueLetter,
    changes: Partial<Pick<QueuedLetterEntity, 'content' | 'dueAt' | 'outcome'>>,
  ): Promise<void> {
    await this.on.database.inTransaction(async (manager) => {
      const mine = { id: row.id, attempts: row.attempts }
      const { affected } = await manager.update(QueuedLetterEntity, mine, changes)
      if (affected !== 1 || changes.outcome !== 'GIVEN_UP') return
      await this.on.audit.record(manager, { name: 'letter.given_up', details: { letterId: row.id } })
    })
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' ? code : 'UNKNOWN'
}
