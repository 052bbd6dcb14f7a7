import { type Secret } from '@optin-hub/oauth-client'
import { In, type EntityManager } from 'typeorm'
import type { AuditService } from '../audit/audit.service.js'
import type { Clock } from '../clock.js'
import type { CompanyEntity } from '../company/company.entity.js'
import type { CompanyService } from '../company/company.service.js'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import { can, type Viewer } from '../permissions.js'
import type { Sealer } from '../seal.js'
import { LicenseKeyEntity, licenseKeyContext } from './license-key.entity.js'
import { licenseKeyErrors } from './license-key.errors.js'

interface Surroundings {
  database: Database
  clock: Clock
  sealer: Sealer
  companies: CompanyService
  audit: AuditService
}

const application = 'CONSUMER_RETURNS'

/** Keys that companies entrust to us. Nothing here opens one. */
export class LicenseKeyService {
  constructor(private readonly on: Surroundings) {}

  /** Of the companies that the viewer sees in Consumer Returns; who may only name a company learns of no key. */
  async findVisible(context: RequestContext, companyIds: readonly string[]): Promise<LicenseKeyEntity[]> {
    const { viewer } = context
    if (!viewer) return []
    const visible = await this.on.companies.findVisibleIds(context, companyIds, application)
    const ids = [...visible].filter((id) => can(viewer, 'company.view', id))
    if (ids.length === 0) return []
    return this.on.database.reader.findBy(LicenseKeyEntity, { companyId: In(ids) })
  }

  /** The password is asked for once more: a stolen session must not put somebody else's key in place (S-66). */
  async update(
    context: RequestContext,
    { companyId, key }: { companyId: string; key: Secret },
  ): Promise<CompanyEntity> {
    const viewer = await this.#requireCompany(context, companyId)
    requireFreshAuthentication(context)
    return this.#change(context, { viewer, companyId }, async (manager) => {
      const former = await manager.findOneBy(LicenseKeyEntity, { companyId })
      const now = this.on.clock()
      const place = { id: former?.id ?? newId(now), companyId, generation: (former?.generation ?? 0) + 1 }
      const row: LicenseKeyEntity = {
        ...place,
        sealedKey: this.on.sealer.seal(key, licenseKeyContext(place)),
        lastFour: key.reveal().slice(-4),
        setAt: now,
        setById: viewer.userId,
      }
      await manager.upsert(LicenseKeyEntity, row, ['companyId'])
      return 'license_key.updated'
    })
  }

  async remove(context: RequestContext, companyId: string): Promise<CompanyEntity> {
    const viewer = await this.#requireCompany(context, companyId)
    return this.#change(context, { viewer, companyId }, async (manager) => {
      const { affected } = await manager.delete(LicenseKeyEntity, { companyId })
      if (!affected) throw licenseKeyErrors.LICENSE_KEY_NOT_CONFIGURED()
      return 'license_key.removed'
    })
  }

  /** With its company, in the transaction that removes that. */
  async destroyOf(manager: EntityManager, companyId: string): Promise<void> {
    await manager.delete(LicenseKeyEntity, { companyId })
  }

  /** One change of a company's key after the other, each with its record. */
  #change(
    { requestId }: RequestContext,
    { viewer, companyId }: { viewer: Viewer; companyId: string },
    work: (manager: EntityManager) => Promise<'license_key.updated' | 'license_key.removed'>,
  ): Promise<CompanyEntity> {
    return this.on.database.inTransaction(async (manager) => {
      const company = await this.on.companies.hold(manager, companyId)
      if (!company) throw licenseKeyErrors.LICENSE_KEY_OF_NO_COMPANY()
      const name = await work(manager)
      const record = { name, actorId: viewer.userId, companyId, applicationId: application, requestId }
      await this.on.audit.record(manager, record)
      return company
    })
  }

  async #requireCompany(context: RequestContext, companyId: string): Promise<Viewer> {
    const viewer = requireViewer(context)
    const visible = await this.on.companies.findVisibleIds(context, [companyId], application)
    if (!visible.has(companyId)) throw licenseKeyErrors.LICENSE_KEY_OF_NO_COMPANY()
    if (!can(viewer, 'licenseKey.change', companyId)) throw licenseKeyErrors.LICENSE_KEY_NOT_YOURS_TO_CHANGE()
    return viewer
  }
}
