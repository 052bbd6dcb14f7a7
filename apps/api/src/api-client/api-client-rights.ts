import type { ApplicationId } from '../application/applications.js'
import { companyErrors } from '../company/company.errors.js'
import type { CompanyService } from '../company/company.service.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { can, type Action, type Viewer } from '../permissions.js'
import { ApiClientGrantEntity } from './api-client-grant.entity.js'
import { apiClientErrors } from './api-client.errors.js'
import { ApiClientEntity } from './api-client.entity.js'
import type { Rights } from './scopes.js'

export interface Grants {
  companyIds: readonly string[]
  applicationIds: readonly ApplicationId[]
  rights: Rights
}

/** A client with the companies that let it do something. */
export interface HeldClient {
  client: ApiClientEntity
  companyIds: readonly string[]
}

/** `take`: what the client can do becomes less. `give`: whoever does this could use, or widen, all that it can do. */
export type Power = 'take' | 'give'

type Granted = Pick<ApiClientGrantEntity, 'companyId' | 'mayReadTokens'>

interface Known {
  client: ApiClientEntity
  granted: readonly Granted[]
  /** Those of the companies that the viewer may see. */
  visible: ReadonlySet<string>
}

interface Surroundings {
  database: Database
  companies: CompanyService
}

/** Who may let API clients do what, and whose clients they are. */
export class ApiClientRights {
  constructor(private readonly on: Surroundings) {}

  async requireMayGive(context: RequestContext, viewer: Viewer, wanted: Grants): Promise<void> {
    const { companyIds, applicationIds, rights } = wanted
    await this.#requireVisible(context, companyIds)
    for (const companyId of companyIds) {
      if (rights.mayReadTokens && !can(viewer, 'apiClient.giveTokens', companyId)) {
        throw apiClientErrors.TOKEN_READ_NOT_YOURS_TO_GIVE()
      }
      if (rights.mayReadStatus && !can(viewer, 'apiClient.giveStatus', companyId)) {
        throw apiClientErrors.STATUS_READ_NOT_YOURS_TO_GIVE()
      }
    }
    // An operator gives what an operator may see: this company, in these applications.
    const asOperator = companyIds.filter((id) => viewer.companyRoles.get(id) !== 'ADMIN')
    for (const applicationId of asOperator.length > 0 ? applicationIds : []) {
      await this.#requireVisible(context, asOperator, applicationId)
    }
  }

  /** A client that the viewer knows of: by a company of theirs that grants, or as whoever created it. */
  async requireSeen(context: RequestContext, clientId: string): Promise<ApiClientEntity> {
    return (await this.#findSeen(context, clientId)).client
  }

  /**
   * For whoever created it, while still an admin of a company that grants, and for admins of all companies that grant:
   * where others rely on it too, one company withdraws its own grants only.
   */
  async requirePower(context: RequestContext, clientId: string, power: Power): Promise<HeldClient> {
    const { client, granted, visible } = await this.#findSeen(context, clientId)
    if (!mayDo(power, requireViewer(context), { client, granted, visible }))
      throw power === 'take'
        ? apiClientErrors.API_CLIENT_NOT_YOURS_TO_REVOKE()
        : apiClientErrors.API_CLIENT_NOT_YOURS_TO_MANAGE()
    return { client, companyIds: companiesOf(granted) }
  }

  /** The companies that let the client do something and whose API clients the viewer may see. */
  async companiesSeen(context: RequestContext, clientId: string): Promise<string[]> {
    const viewer = requireViewer(context)
    const { granted, visible } = await this.#findSeen(context, clientId)
    return companiesOf(granted).filter((id) => visible.has(id) && can(viewer, 'apiClient.view', id))
  }

  async #findSeen(context: RequestContext, clientId: string): Promise<Known> {
    const { reader } = this.on.database
    const viewer = requireViewer(context)
    const client = await reader.findOneBy(ApiClientEntity, { id: clientId })
    const granted = await reader.findBy(ApiClientGrantEntity, { clientId })
    const companyIds = companiesOf(granted)
    const visible = await this.on.companies.findVisibleIds(context, companyIds)
    const maySee = (id: string) => can(viewer, 'apiClient.view', id)
    const isOwn =
      client?.createdById === viewer.userId && (companyIds.length === 0 || companyIds.some(maySee))
    const isSeen = companyIds.some((id) => visible.has(id) && maySee(id))
    if (!client || !(isOwn || isSeen)) throw apiClientErrors.API_CLIENT_NOT_FOUND()
    return { client, granted, visible }
  }

  async #requireVisible(
    context: RequestContext,
    companyIds: readonly string[],
    applicationId?: ApplicationId,
  ): Promise<void> {
    const visible = await this.on.companies.findVisibleIds(context, companyIds, applicationId)
    if (companyIds.some((id) => !visible.has(id))) throw companyErrors.COMPANY_NOT_FOUND()
  }
}

/** Of a client that the viewer knows of. */
export function mayDo(power: Power, viewer: Viewer, { client, granted, visible }: Known): boolean {
  const takesTokens = granted.some(({ mayReadTokens }) => mayReadTokens)
  const giving: Action = takesTokens ? 'apiClient.giveTokens' : 'apiClient.giveStatus'
  const may = (id: string) => can(viewer, power === 'take' ? 'apiClient.withdraw' : giving, id)
  const companyIds = companiesOf(granted)
  if (client.createdById === viewer.userId) return companyIds.length === 0 || companyIds.some(may)
  return companyIds.length > 0 && companyIds.every((id) => visible.has(id) && may(id))
}

const companiesOf = (granted: readonly Granted[]): string[] => [
  ...new Set(granted.map(({ companyId }) => companyId)),
]
