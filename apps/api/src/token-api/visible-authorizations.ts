import { In } from 'typeorm'
import { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { isVisible } from '../authorization/visible-companies.js'
import { requireViewer, type RequestContext } from '../context.js'
import type { Database } from '../db/transaction.js'
import { can } from '../permissions.js'
import type { VaultService } from '../vault/vault.service.js'
import { readVaultKey, type VaultedState } from './granted-authorizations.js'

/** Look-ups for people, who ask by their session for what they may see. */
export class VisibleAuthorizations {
  constructor(private readonly on: { database: Database; vault: VaultService }) {}

  /** In the order of the keys, null for what is unknown, malformed or not theirs to see. */
  async find(context: RequestContext, texts: readonly string[]): Promise<(VaultedState | null)[]> {
    const viewer = requireViewer(context)
    const vaultKeys = texts.map(readVaultKey)
    const known = vaultKeys.filter((key) => key !== null)
    const rows =
      known.length > 0
        ? await this.on.database.reader.findBy(AuthorizationEntity, { mintedVaultKey: In(known) })
        : []
    // Who may only authorize sees that page, and no times by key.
    const seen = rows.filter(
      (row) => can(viewer, 'authorization.view', row.companyId) && isVisible(viewer, row),
    )
    const tokens = seen.length > 0 ? await this.on.vault.findMany(seen.map(({ id }) => id)) : []
    return vaultKeys.map((vaultKey) => {
      const row = vaultKey && seen.find(({ mintedVaultKey }) => mintedVaultKey === vaultKey)
      if (!row) return null
      const { id, companyId, applicationId: application, status, endReason } = row
      const held = tokens.find(({ authorizationId }) => authorizationId === id)
      const { expiresAt = null, refreshExpiresAt = null } = held ?? {}
      return { id, companyId, vaultKey, application, status, endReason, expiresAt, refreshExpiresAt }
    })
  }
}
