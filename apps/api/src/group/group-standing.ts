import { can, type Viewer } from '../permissions.js'

/** How somebody stands to a group: who manages it changes it, who sees it may only look. */
export type GroupStanding = 'MANAGES' | 'SEES' | 'NONE'

export interface GroupTies {
  keeperId: string
  /** Its companies, without removed ones. */
  companyIds: readonly string[]
  /** Whether the viewer is one of its members. */
  isMember: boolean
}

/**
 * A group reaches into each of its companies, so it takes an admin of all of them to change it; an empty one gives no
 * right and is its keeper's. An admin of some sees who reaches into that company by it. Pure.
 */
export function standingOf(viewer: Viewer, ties: GroupTies): GroupStanding {
  const { companyIds, keeperId, isMember } = ties
  const isAdminOf = (companyId: string): boolean => can(viewer, 'group.manage', companyId)
  const manages = companyIds.length > 0 ? companyIds.every(isAdminOf) : keeperId === viewer.userId
  if (manages) return 'MANAGES'
  return isMember || companyIds.some(isAdminOf) ? 'SEES' : 'NONE'
}
