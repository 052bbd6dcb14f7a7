import { Secret } from '@optin-hub/oauth-client'
import { Not, IsNull, type EntityManager } from 'typeorm'
import type { Clock } from '../clock.js'
import { timeBefore } from '../db/columns.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { Sealer } from '../seal.js'
import { composeLetter } from './compose-letter.js'
import type { Letter, LetterContent } from './letter.js'
import { letterContext, QueuedLetterEntity } from './queued-letter.entity.js'

const keptMs = 24 * 3600_000

interface Surroundings {
  database: Database
  clock: Clock
  sealer: Sealer
  publicUrl: URL
}

/** Letters out. A letter is posted in the transaction of what it tells, and sent by a job: no mail server holds up a request. */
export class MailService {
  constructor(private readonly on: Surroundings) {}

  async post(manager: EntityManager, to: string, content: LetterContent): Promise<void> {
    const letter = composeLetter(to, content, this.on.publicUrl)
    const now = this.on.clock()
    const id = newId(now)
    await manager.insert(QueuedLetterEntity, {
      id,
      content: this.on.sealer.seal(Secret.of(JSON.stringify(letter)), letterContext(id)),
      attempts: 0,
      dueAt: now,
      outcome: null,
      createdAt: now,
    })
  }

  /** What waits for somebody who is nobody any more. Addresses are sealed with the letters, so that each is opened. */
  async withdrawAllTo(manager: EntityManager, address: string): Promise<void> {
    const waiting = await manager.findBy(QueuedLetterEntity, { dueAt: Not(IsNull()) })
    for (const { id, content } of waiting) {
      const letter =
        content && (JSON.parse(this.on.sealer.open(content, letterContext(id)).reveal()) as Letter)
      if (letter?.to.toLowerCase() !== address.toLowerCase()) continue
      const withdrawn = { content: null, dueAt: null, outcome: 'WITHDRAWN' as const }
      await manager.update(QueuedLetterEntity, { id }, withdrawn)
    }
  }

  async forgetSettled(): Promise<void> {
    const before = new Date(this.on.clock().getTime() - keptMs)
    await this.on.database.inTransaction((manager) =>
      manager.delete(QueuedLetterEntity, { outcome: Not(IsNull()), createdAt: timeBefore(before) }),
    )
  }
}
