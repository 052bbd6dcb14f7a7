import type { EntityManager } from 'typeorm'
import { AuditChainEntity } from './audit-chain.entity.js'

/** The last link. Noted outside the database it proves later that nothing before it was cut off. */
export type ChainHead = Pick<AuditChainEntity, 'position' | 'hash'>

export async function headOf(manager: EntityManager): Promise<ChainHead | null> {
  const [head] = await manager.find(AuditChainEntity, { order: { position: 'DESC' }, take: 1 })
  return head ? { position: head.position, hash: head.hash } : null
}

/** As people note it down. In groups, since the log takes a longer run of letters and digits for a secret. */
export const headText = ({ position, hash }: ChainHead): string =>
  `${position}:${hash.match(/.{16}/g)?.join('.') ?? hash}`

export function headFrom(text: string): ChainHead | null {
  const [, position, groups] = /^([1-9]\d{0,9}):([0-9a-f]{16}(?:\.[0-9a-f]{16}){3})$/.exec(text.trim()) ?? []
  return position && groups ? { position: Number(position), hash: groups.replaceAll('.', '') } : null
}
