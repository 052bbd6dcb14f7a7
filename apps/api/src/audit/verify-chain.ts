import { Between, MoreThan, type EntityManager } from 'typeorm'
import type { KeyedHash } from '../keyed-hash.js'
import { AuditChainEntity } from './audit-chain.entity.js'
import { AuditEventEntity } from './audit-event.entity.js'
import { headOf, type ChainHead } from './chain-head.js'
import { beforeTheFirst, linkHashOf, recordHashOf } from './chain-link.js'
import type { Digests } from './digests.js'
import { sweepRecordOf, type SweepRecord } from './sweep-record.js'

const batch = 1000

export interface ChainFault {
  position: number
  /** In words: which record, and what was done to it. */
  what: string
}

export interface Verified {
  head: ChainHead | null
  /** The first bad record. */
  fault: ChainFault | null
}

interface Verification {
  hash: KeyedHash
  /** A head that was noted earlier, outside the database. */
  notedHead?: ChainHead
  digests: Pick<Digests, 'faultOf'>
}

/** Walks the whole chain. What is added meanwhile is left to the next time; memory stays the same however long it is. */
export async function verifyChain(reader: EntityManager, on: Verification): Promise<Verified> {
  const head = await headOf(reader)
  return { head, fault: await new Walk(reader, on, head).firstFault() }
}

class Walk {
  #previous: ChainHead = { position: 0, hash: beforeTheFirst }
  #sweeps: SweepRecord[] = []

  constructor(
    private readonly reader: EntityManager,
    private readonly on: Verification,
    private readonly head: ChainHead | null,
  ) {}

  async firstFault(): Promise<ChainFault | null> {
    await this.#readSweeps()
    const last = this.head?.position ?? 0
    await this.#begin()
    while (this.#previous.position < last) {
      const from = this.#previous.position + 1
      const places = Between(from, Math.min(last, from + batch - 1))
      const links = await this.reader.find(AuditChainEntity, {
        where: { position: places },
        order: { position: 'ASC' },
      })
      const events = await this.reader.findBy(AuditEventEntity, { position: places })
      const byPosition = new Map(events.map((event) => [event.position, event]))
      for (const link of links) {
        if (link.position !== this.#previous.position + 1) return missing(this.#previous.position + 1)
        const what = await this.#faultOf(link, byPosition.get(link.position))
        if (what) return { position: link.position, what }
        this.#previous = link
      }
      if (links.length === 0) return missing(from)
    }
    return this.#faultAtTheEnd()
  }

  /** Retention removes the oldest links as well: the chain begins after the last of those, as a checkpoint says. */
  async #begin(): Promise<void> {
    const [first] = await this.reader.find(AuditChainEntity, { order: { position: 'ASC' }, take: 1 })
    for (const { base } of this.#sweeps)
      if (base && first && first.position <= base.position + 1 && base.position > this.#previous.position)
        this.#previous = base
  }

  async #faultOf(link: AuditChainEntity, event: AuditEventEntity | undefined): Promise<string | null> {
    const { position, eventId, hash } = link
    if (linkHashOf(this.on.hash, this.#previous.hash, link) !== hash)
      return `the link of record ${eventId} was changed, or stands in another order`
    const noted = this.on.notedHead
    if (noted?.position === position && noted.hash !== hash)
      return `record ${eventId} is not the one whose head was noted: the chain was made anew`
    if (!event) return (await this.#isExcused(link)) ? null : `record ${eventId} was deleted`
    if (event.id !== eventId) return `record ${event.id} stands in the place of ${eventId}`
    if (recordHashOf(this.on.hash, event) !== link.recordHash) return `record ${eventId} was changed`
    const inside = await this.on.digests.faultOf(event)
    return inside && `record ${eventId}: ${inside}`
  }

  async #isExcused(link: AuditChainEntity): Promise<boolean> {
    const isSwept = (): boolean =>
      this.#sweeps.some(({ retention, before }) => retention === link.retention && link.at < before)
    if (isSwept()) return true
    // Perhaps it was swept while we read.
    await this.#readSweeps()
    return isSwept()
  }

  async #faultAtTheEnd(): Promise<ChainFault | null> {
    const last = this.#previous
    const noted = this.on.notedHead
    if (noted && noted.position > last.position) return missing(last.position + 1)
    const beyond = await this.reader.findOne(AuditEventEntity, {
      where: { position: MoreThan(last.position) },
      order: { position: 'ASC' },
    })
    // While we read, more may have been added; then there are links as well.
    if (!beyond?.position || (await this.reader.existsBy(AuditChainEntity, { eventId: beyond.id })))
      return null
    return {
      position: beyond.position,
      what: `record ${beyond.id} has a place and no link: links were deleted`,
    }
  }

  async #readSweeps(): Promise<void> {
    const events = await this.reader.findBy(AuditEventEntity, { name: 'audit.swept' })
    this.#sweeps = events.map(sweepRecordOf).filter((sweep) => sweep !== null)
  }
}

const missing = (position: number): ChainFault => ({
  position,
  what: `record ${position} and its link are missing`,
})
