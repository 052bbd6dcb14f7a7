import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'
import { PendingAuthorizationEntity, verifierContext } from '../authorization/pending-authorization.entity.js'
import { LicenseKeyEntity, licenseKeyContext } from '../license-key/license-key.entity.js'
import { letterContext, QueuedLetterEntity } from '../mail/queued-letter.entity.js'
import { SealError, sealedPrefix, type SealContext } from '../seal.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import {
  formerSecretContext,
  secretContext,
  WebhookEndpointEntity,
} from '../webhook/webhook-endpoint.entity.js'
import type { OpenHub } from './open-hub.js'
import { ownersOf, waitingPairs } from './stored-pairs.js'

export interface Batch {
  resealed: number
  /** What no key opens: it stays as it is, and nothing else waits for it (S-51). */
  unreadable: string[]
}

/**
 * What is not under the current key yet, batch by batch in the order of ids; each batch is durable when it is yielded.
 * What is left is found from the values themselves, so that a run that was killed is simply begun again.
 */
export async function* resealPairs(hub: OpenHub, size: number): AsyncGenerator<Batch> {
  for (let after: string | null = ''; after !== null;) {
    const from: string = after
    const { last, ...batch } = await hub.database.inTransaction((manager) =>
      resealSomePairs(hub, manager, { from, size }),
    )
    after = last
    if (last !== null) yield batch
  }
}

async function resealSomePairs(
  { vault, sealer }: OpenHub,
  manager: EntityManager,
  { from, size }: { from: string; size: number },
): Promise<Batch & { last: string | null }> {
  const current = { id: sealer.currentKeyId, prefix: `${sealedPrefix(sealer.currentKeyId)}%` }
  const rows = await manager
    .createQueryBuilder(TokenSetEntity, 'pair')
    .where('pair.authorizationId > :from', { from })
    .andWhere(
      '(pair.keyId <> :id OR pair.accessToken NOT LIKE :prefix OR pair.refreshToken NOT LIKE :prefix)',
      current,
    )
    .orderBy('pair.authorizationId')
    .limit(size)
    .getMany()
  const owners = await ownersOf(manager, rows)
  const batch = { resealed: 0, unreadable: [] as string[] }
  for (const row of rows) {
    const where = `pair of authorization ${row.authorizationId}`
    const owner = owners.get(row.authorizationId)
    const isDone = await unlessUnreadable(
      batch,
      where,
      async () => owner && vault.reseal(manager, owner, row),
    )
    if (isDone) batch.resealed++
  }
  return { ...batch, last: rows.at(-1)?.authorizationId ?? null }
}

/** A column that holds one sealed value, or none. */
interface SealedColumn<T extends Row> {
  entity: EntityTarget<T>
  column: keyof T & string
  what: string
  contextOf: (row: T) => SealContext
}

interface Row {
  id: string
}

/** PKCE verifiers of visits to UPS.com that are under way. */
export const resealVerifiers = (hub: OpenHub, size: number): AsyncGenerator<Batch> =>
  resealColumn(hub, size, {
    entity: PendingAuthorizationEntity,
    column: 'codeVerifier',
    what: 'PKCE verifier of visit',
    contextOf: verifierContext,
  })

/** Letters that wait to be sent. */
export const resealLetters = (hub: OpenHub, size: number): AsyncGenerator<Batch> =>
  resealColumn(hub, size, {
    entity: QueuedLetterEntity,
    column: 'content',
    what: 'letter',
    contextOf: ({ id }) => letterContext(id),
  })

export const resealLicenseKeys = (hub: OpenHub, size: number): AsyncGenerator<Batch> =>
  resealColumn(hub, size, {
    entity: LicenseKeyEntity,
    column: 'sealedKey',
    what: 'license key',
    contextOf: licenseKeyContext,
  })

export async function* resealWebhookSecrets(hub: OpenHub, size: number): AsyncGenerator<Batch> {
  const place = { entity: WebhookEndpointEntity, what: 'secret of webhook endpoint' }
  yield* resealColumn(hub, size, { ...place, column: 'secret', contextOf: secretContext })
  yield* resealColumn(hub, size, { ...place, column: 'formerSecret', contextOf: formerSecretContext })
}

async function* resealColumn<T extends Row>(
  hub: OpenHub,
  size: number,
  place: SealedColumn<T>,
): AsyncGenerator<Batch> {
  const { sealer, database } = hub
  for (let after = ''; ;) {
    const rows = await database.reader
      .createQueryBuilder(place.entity, 'place')
      .where(`place.id > :after AND place.${place.column} IS NOT NULL`, { after })
      .orderBy('place.id')
      .limit(size)
      .getMany()
    const last = rows.at(-1)
    if (!last) return
    after = last.id
    const others = rows.filter((row) => !sealedIn(row, place).startsWith(sealedPrefix(sealer.currentKeyId)))
    if (others.length > 0)
      yield await database.inTransaction((manager) => resealRows(hub, manager, { rows: others, place }))
  }
}

const sealedIn = <T extends Row>(row: T, { column }: SealedColumn<T>): string => row[column] as string

async function resealRows<T extends Row>(
  { sealer }: OpenHub,
  manager: EntityManager,
  { rows, place }: { rows: readonly T[]; place: SealedColumn<T> },
): Promise<Batch> {
  const batch = { resealed: 0, unreadable: [] as string[] }
  for (const row of rows) {
    await unlessUnreadable(batch, `${place.what} ${row.id}`, async () => {
      const sealed = sealedIn(row, place)
      const context = place.contextOf(row)
      const anew = sealer.seal(sealer.open(sealed, context), context)
      // Only what is still there as it was read: what somebody has set meanwhile stays.
      const { affected } = await manager.update(
        place.entity as EntityTarget<ObjectLiteral>,
        { id: row.id, [place.column]: sealed },
        { [place.column]: anew },
      )
      batch.resealed += affected ?? 0
    })
  }
  return batch
}

/** Pairs that wait in files of this machine; each file is replaced in one step. */
export async function* resealSpills(hub: OpenHub): AsyncGenerator<Batch> {
  const { folder, pairs, damaged } = await waitingPairs(hub)
  const batch = { resealed: 0, unreadable: damaged.map((name) => `spill file ${name}`) }
  for (const { attempt, sealed, owner } of pairs) {
    if (sealed.row.keyId === hub.sealer.currentKeyId) continue
    await unlessUnreadable(batch, `pair in spill file ${attempt.id}`, async () => {
      const row = { ...sealed.row, ...hub.vault.sealAnew(owner, sealed.row) }
      await folder.write({ attempt, sealed: { ...sealed, row } })
      batch.resealed++
    })
  }
  if (batch.resealed + batch.unreadable.length > 0) yield batch
}

async function unlessUnreadable<T>(
  batch: Batch,
  where: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    batch.unreadable.push(
      error.reason === 'UNKNOWN_KEY'
        ? `${where}: needs a key that VAULT_KEYS does not hold`
        : `${where}: damaged, moved, or sealed with other key bytes`,
    )
    return undefined
  }
}
