import type { CompanyService } from '../company/company.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import { can } from '../permissions.js'

/** Which part of the trail somebody may see, as few conditions; each of them has an index of its own. */
export interface AuditReach {
  /** One's own deeds, wherever they were done. */
  ownActorId: string | null
  /** Companies whose whole trail may be seen. */
  companyIds: string[]
  /** What belongs to no company, and all companies that a solution admin sees. */
  isSolutionWide: boolean
}

/** Narrowed to one company at once: a foreign and an absent one both leave one's own deeds there, which are none. */
export async function reachOf(
  context: RequestContext,
  asked: { ownActorId: string | null; companyId?: string | null | undefined },
  companies: CompanyService,
): Promise<AuditReach> {
  const viewer = requireViewer(context)
  const { ownActorId, companyId } = asked
  const memberOf = [...viewer.companyRoles.keys()].filter((id) => can(viewer, 'audit.view', id))
  if (!companyId)
    return { ownActorId, companyIds: memberOf, isSolutionWide: can(viewer, 'audit.viewSolution') }
  // A former company of one's own has left no visible row, but its trail stays.
  const maySee =
    memberOf.includes(companyId) ||
    (can(viewer, 'audit.view', companyId) && (await companies.findVisible(context, companyId)) !== null)
  return { ownActorId, companyIds: maySee ? [companyId] : [], isSolutionWide: false }
}
