import { can, type Viewer } from '../permissions.js'
import { AuthorizationEntity } from './authorization.entity.js'

const untold = {
  mintedVaultKey: null,
  generation: 0,
  authorizedAt: null,
  authorizedById: null,
  upsProfileNote: null,
  endedAt: null,
  endedById: null,
  endReason: null,
  upsMayHonourUntil: null,
  nextRefreshAt: null,
  problemSince: null,
  problemAttempts: 0,
  problemCode: null,
  lastHandedOutAt: null,
  urgentAt: null,
  atRiskSince: null,
  leaseOwner: null,
  leaseUntil: null,
  claimedUntil: null,
  withdrawnAt: null,
} as const

/** Whether the viewer may know of an authorization more than that it stands. */
export function seesAll(viewer: Viewer | null, { companyId }: AuthorizationEntity): boolean {
  return viewer !== null && can(viewer, 'authorization.view', companyId)
}

/** Who was only invited to authorize sees what that needs: which authorization it is, and whether it stands. */
export function shownTo(viewer: Viewer | null, authorization: AuthorizationEntity): AuthorizationEntity {
  if (seesAll(viewer, authorization)) return authorization
  // Column by column, so that the compiler asks about each one that is added.
  const { id, companyId, companyNameKey, applicationId, status, createdAt } = authorization
  const told = { id, companyId, companyNameKey, applicationId, status, createdAt }
  const shown: AuthorizationEntity = { ...told, ...untold }
  return Object.assign(new AuthorizationEntity(), shown)
}
