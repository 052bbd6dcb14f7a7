import { IsNull, MoreThan, Not, type EntityManager } from 'typeorm'
import { PendingAuthorizationEntity, verifierContext } from '../authorization/pending-authorization.entity.js'
import { letterContext, QueuedLetterEntity } from '../mail/queued-letter.entity.js'
import { SealError, sealedPrefix } from '../seal.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
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

/** PKCE verifiers of visits to UPS.com that are under way. */
export async function* resealVerifiers(hub: OpenHub, size: number): AsyncGenerator<Batch> {
  const { sealer, database } = hub
  for (let after = ''; ;) {
    const visits = await database.reader.find(PendingAuthorizationEntity, {
      where: { id: MoreThan(after), codeVerifier: Not(IsNull()) },
      order: { id: 'ASC' },
      take: size,
    })
    const last = visits.at(-1)
    if (!last) return
    after = last.id
    const others = visits.filter(
      ({ codeVerifier }) => !codeVerifier?.startsWith(sealedPrefix(sealer.currentKeyId)),
    )
    if (others.length > 0)
      yield await database.inTransaction((manager) => resealSomeVerifiers(hub, manager, others))
  }
}

async function resealSomeVerifiers(
  { sealer }: OpenHub,
  manager: EntityManager,
  visits: readonly PendingAuthorizationEntity[],
): Promise<Batch> {
  const batch = { resealed: 0, unreadable: [] as string[] }
  for (const visit of visits) {
    const { id, codeVerifier } = visit
    if (codeVerifier === null) continue
    await unlessUnreadable(batch, `PKCE verifier of visit ${id}`, async () => {
      const context = verifierContext(visit)
      const anew = sealer.seal(sealer.open(codeVerifier, context), context)
      const { affected } = await manager.update(
        PendingAuthorizationEntity,
        { id, codeVerifier },
        { codeVerifier: anew },
      )
      batch.resealed += affected ?? 0
    })
  }
  return batch
}

/** Letters that wait to be sent. */
export async function* resealLetters(hub: OpenHub, size: number): AsyncGenerator<Batch> {
  const { sealer, database } = hub
  for (let after = ''; ;) {
    const letters = await database.reader.find(QueuedLetterEntity, {
      where: { id: MoreThan(after), content: Not(IsNull()) },
      order: { id: 'ASC' },
      take: size,
    })
    const last = letters.at(-1)
    if (!last) return
    after = last.id
    const others = letters.filter(({ content }) => !content?.startsWith(sealedPrefix(sealer.currentKeyId)))
    if (others.length > 0)
      yield await database.inTransaction((manager) => resealSomeLetters(hub, manager, others))
  }
}

async function resealSomeLetters(
  { sealer }: OpenHub,
  manager: EntityManager,
  letters: readonly QueuedLetterEntity[],
): Promise<Batch> {
  const batch = { resealed: 0, unreadable: [] as string[] }
  for (const { id, content } of letters) {
    if (content === null) continue
    await unlessUnreadable(batch, `letter ${id}`, async () => {
      const context = letterContext(id)
      const anew = sealer.seal(sealer.open(content, context), context)
      const { affected } = await manager.update(QueuedLetterEntity, { id, content }, { content: anew })
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
