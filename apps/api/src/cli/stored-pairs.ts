import { join } from 'node:path'
import { In, MoreThan, type EntityManager } from 'typeorm'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { ownerOf } from '../authorization/authorization.service.js'
import { SpillFolder, type Spilled } from '../refresh/spill.js'
import { TokenSetEntity } from '../vault/token-set.entity.js'
import type { TokenOwner } from '../vault/vault.service.js'
import type { OpenHub } from './open-hub.js'

const batch = 500

export const nextPairs = (reader: EntityManager, after: string): Promise<TokenSetEntity[]> =>
  reader.find(TokenSetEntity, {
    where: { authorizationId: MoreThan(after) },
    order: { authorizationId: 'ASC' },
    take: batch,
  })

/** Company and application of an authorization never change, so that they need not be read together with the pair. */
export async function ownersOf(
  reader: EntityManager,
  rows: readonly { authorizationId: string }[],
): Promise<Map<string, TokenOwner>> {
  if (rows.length === 0) return new Map()
  const ids = rows.map(({ authorizationId }) => authorizationId)
  const authorizations = await reader.findBy(AuthorizationEntity, { id: In(ids) })
  return new Map(authorizations.map((authorization) => [authorization.id, ownerOf(authorization)]))
}

export interface WaitingPair extends Spilled {
  owner: TokenOwner
}

/** The pairs that a process of this machine could only save to a file. */
export async function waitingPairs({ settings, database }: Pick<OpenHub, 'settings' | 'database'>) {
  const folder = new SpillFolder(join(settings.dataDir, 'spill'))
  const damaged: string[] = []
  const read = await folder.read((name) => damaged.push(name))
  const owners = await ownersOf(
    database.reader,
    read.map(({ attempt }) => attempt),
  )
  const pairs: WaitingPair[] = []
  for (const each of read) {
    const owner = owners.get(each.attempt.authorizationId)
    if (owner) pairs.push({ ...each, owner })
    else damaged.push(`${each.attempt.id}.json`)
  }
  return { folder, pairs, damaged }
}
