import type { EntityManager } from 'typeorm'
import type { ApiKeyService } from '../api-client/api-key.service.js'
import type { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { AuthorizationService } from '../authorization/authorization.service.js'
import type { Clock } from '../clock.js'
import type { ApiCaller } from '../context.js'
import { insertMany } from '../db/insert-many.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { RefreshService } from '../refresh/refresh.service.js'
import type { Tally } from '../tally.js'
import { HandOutEntity } from './hand-out.entity.js'

export interface HandOut {
  caller: ApiCaller
  generation: number
  address: string
  requestId: string
}

interface Waiting {
  authorizationId: string
  handOut: HandOut
  resolve: (isRecorded: boolean) => void
  reject: (error: unknown) => void
}

interface Surroundings {
  database: Database
  clock: Clock
  apiKeys: ApiKeyService
  authorizations: AuthorizationService
  refreshes: Pick<RefreshService, 'handOuts'>
  tally: Tally
}

/** Rows of one statement; SQLite allows 32,766 values. */
const largestGroup = 500

/**
 * The record that must be committed before a token leaves (S-166). All that wait at the same time are written in one
 * transaction: a thousand askers are a few of them. An authorization that somebody else holds just then is waited for
 * apart, so that no hand-out waits behind another authorization.
 */
export class HandOutService {
  #waiting: Waiting[] = []
  #isWriting = false
  readonly #behind = new Map<string, Waiting[]>()

  constructor(private readonly on: Surroundings) {}

  /**
   * False where the token must not leave any more: while it was fetched the authorization ended or went on to another
   * generation, the grant was withdrawn, the client paused or the key revoked. All this is read where the record is
   * written, with the authorization held, so that an opt-out comes before or after and never in between.
   */
  record(authorizationId: string, handOut: HandOut): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const waiting = { authorizationId, handOut, resolve, reject }
      const queue = this.#behind.get(authorizationId)
      if (queue) {
        queue.push(waiting)
        return
      }
      this.#waiting.push(waiting)
      if (!this.#isWriting) void this.#writeAll()
    })
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, largestGroup)
      const left = await this.#settle(group, (manager) => {
        const ids = [...new Set(group.map(({ authorizationId }) => authorizationId))]
        return this.on.authorizations.holdFree(manager, ids)
      })
      for (const waiting of left) this.#waitApart(waiting)
    }
    this.#isWriting = false
  }

  /** Somebody else holds it, or it is gone. */
  #waitApart(waiting: Waiting): void {
    const { authorizationId } = waiting
    const queue = this.#behind.get(authorizationId)
    if (queue) {
      queue.push(waiting)
      return
    }
    const fresh = [waiting]
    this.#behind.set(authorizationId, fresh)
    void this.#writeBehind(authorizationId, fresh)
  }

  async #writeBehind(authorizationId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, largestGroup)
      const gone = await this.#settle(group, async (manager) => {
        const held = await this.on.authorizations.hold(manager, authorizationId)
        return held ? [held] : []
      })
      for (const { resolve } of gone) resolve(false)
    }
    this.#behind.delete(authorizationId)
  }

  /** Answers those whose authorization was not held; the others know how it went. */
  async #settle(
    group: readonly Waiting[],
    hold: (manager: EntityManager) => Promise<AuthorizationEntity[]>,
  ): Promise<Waiting[]> {
    try {
      const { held, recorded } = await this.on.database.inTransaction(async (manager) => {
        const rows = await hold(manager)
        const ids = new Map(rows.map((row) => [row.id, row]))
        return { held: ids, recorded: await this.#write(manager, ids, group) }
      })
      if (recorded.size > 0) this.on.tally.add('hand_outs', {}, recorded.size)
      for (const waiting of group)
        if (held.has(waiting.authorizationId)) waiting.resolve(recorded.has(waiting))
      return group.filter(({ authorizationId }) => !held.has(authorizationId))
    } catch (error) {
      for (const { reject } of group) reject(error)
      return []
    }
  }

  async #write(
    manager: EntityManager,
    held: ReadonlyMap<string, AuthorizationEntity>,
    group: readonly Waiting[],
  ): Promise<Set<Waiting>> {
    const current = group.flatMap((waiting) => {
      const authorization = held.get(waiting.authorizationId)
      const isCurrent =
        authorization?.status === 'AUTHORIZED' && authorization.generation === waiting.handOut.generation
      return isCurrent ? [{ waiting, authorization }] : []
    })
    if (current.length === 0) return new Set()
    const mayTake = await this.on.apiKeys.thatMayTakeTokens(
      manager,
      current.map(({ waiting, authorization }) => ({ ...waiting.handOut.caller, ...authorization })),
    )
    const able = current.filter(({ waiting, authorization }) =>
      mayTake({ ...waiting.handOut.caller, ...authorization }),
    )
    if (able.length === 0) return new Set()

    const at = this.on.clock()
    const rows = able.map(({ waiting: { handOut }, authorization }) => ({
      id: newId(at),
      at,
      clientId: handOut.caller.clientId,
      keyId: handOut.caller.keyId,
      authorizationId: authorization.id,
      companyId: authorization.companyId,
      applicationId: authorization.applicationId,
      generation: handOut.generation,
      address: handOut.address,
      requestId: handOut.requestId,
      batchId: null,
    }))
    await insertMany(manager, HandOutEntity, rows)
    const used = new Set(able.map(({ authorization }) => authorization))
    await this.on.refreshes.handOuts.noteAll(manager, [...used], at)
    return new Set(able.map(({ waiting }) => waiting))
  }
}
