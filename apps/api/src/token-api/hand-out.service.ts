import type { EntityManager } from 'typeorm'
import type { ApiKeyService } from '../api-client/api-key.service.js'
import type { AuthorizationService } from '../authorization/authorization.service.js'
import type { Clock } from '../clock.js'
import type { ApiCaller } from '../context.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { RefreshService } from '../refresh/refresh.service.js'
import { HandOutEntity } from './hand-out.entity.js'

export interface HandOut {
  caller: ApiCaller
  generation: number
  address: string
  requestId: string
}

interface Waiting {
  handOut: HandOut
  resolve: (isRecorded: boolean) => void
  reject: (error: unknown) => void
}

interface Surroundings {
  database: Database
  clock: Clock
  apiKeys: ApiKeyService
  authorizations: AuthorizationService
  refreshes: Pick<RefreshService, 'noteHandOut'>
}

/** Rows of one statement; SQLite allows 32,766 values. */
const largestGroup = 500

/**
 * The record that must be committed before a token leaves (S-166). Those who ask for the same authorization at the same
 * time are written together: a thousand askers are a few transactions, and none waits behind another authorization.
 */
export class HandOutService {
  readonly #groups = new Map<string, Waiting[]>()

  constructor(private readonly on: Surroundings) {}

  /**
   * False where the token must not leave any more: while it was fetched the authorization ended or went on to another
   * generation, the grant was withdrawn or the key revoked. All this is read where the record is written, with the
   * authorization held, so that an opt-out comes before or after and never in between.
   */
  record(authorizationId: string, handOut: HandOut): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const group = this.#groups.get(authorizationId)
      if (group) {
        group.push({ handOut, resolve, reject })
      } else {
        const first = [{ handOut, resolve, reject }]
        this.#groups.set(authorizationId, first)
        void this.#writeAll(authorizationId, first)
      }
    })
  }

  async #writeAll(authorizationId: string, waiting: Waiting[]): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, largestGroup)
      try {
        const recorded = await this.on.database.inTransaction((manager) =>
          this.#write(
            manager,
            authorizationId,
            group.map(({ handOut }) => handOut),
          ),
        )
        for (const { handOut, resolve } of group) resolve(recorded.has(handOut))
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#groups.delete(authorizationId)
  }

  async #write(manager: EntityManager, authorizationId: string, group: HandOut[]): Promise<Set<HandOut>> {
    const authorization = await this.on.authorizations.hold(manager, authorizationId)
    if (authorization?.status !== 'AUTHORIZED') return new Set()
    const { companyId, applicationId, generation } = authorization
    const keyIds = [...new Set(group.map(({ caller }) => caller.keyId))]
    const able = await this.on.apiKeys.thatMayTakeTokens(manager, keyIds, { companyId, applicationId })
    const mayLeave = group.filter(
      (handOut) => handOut.generation === generation && able.has(handOut.caller.keyId),
    )
    if (mayLeave.length === 0) return new Set()

    const at = this.on.clock()
    const rows = mayLeave.map(({ caller, address, requestId }) => ({
      id: newId(at),
      at,
      clientId: caller.clientId,
      keyId: caller.keyId,
      authorizationId,
      companyId,
      applicationId,
      generation,
      address,
      requestId,
      batchId: null,
    }))
    await manager.insert(HandOutEntity, rows)
    await this.on.refreshes.noteHandOut(manager, authorizationId, at)
    return new Set(mayLeave)
  }
}
