import DataLoader from 'dataloader'
import type { CompanyEntity } from '../company/company.entity.js'
import type { CompanyService } from '../company/company.service.js'
import type { RequestContext } from '../context.js'
import type { UserEntity } from '../user/user.entity.js'
import type { UserService } from '../user/user.service.js'
import type { TokenSetEntity } from '../vault/token-set.entity.js'
import type { VaultService } from '../vault/vault.service.js'
import type { AuthorizationEntity } from './authorization.entity.js'
import type { AuthorizationService } from './authorization.service.js'

export interface AuthorizationLoaders {
  company: DataLoader<string, CompanyEntity | null>
  user: DataLoader<string, UserEntity | null>
  tokens: DataLoader<string, TokenSetEntity | null>
  ofCompany: DataLoader<string, AuthorizationEntity[]>
}

interface Services {
  companies: CompanyService
  users: UserService
  vault: VaultService
  authorizations: AuthorizationService
}

/** One statement for a whole list, whatever its length. */
export function authorizationLoaders(context: RequestContext, services: Services): AuthorizationLoaders {
  return context.memo('authorizationLoaders', () => ({
    company: byKey(
      (ids) => services.companies.findMany(ids),
      (company) => company.id,
    ),
    user: byKey(
      (ids) => services.users.findMany(ids),
      (user) => user.id,
    ),
    tokens: byKey(
      (ids) => services.vault.findMany(ids),
      (tokens) => tokens.authorizationId,
    ),
    ofCompany: new DataLoader<string, AuthorizationEntity[]>(async (ids) => {
      const rows = await services.authorizations.findOfCompanies(ids)
      return ids.map((id) => rows.filter((row) => row.companyId === id))
    }),
  }))
}

function byKey<T>(load: (ids: readonly string[]) => Promise<T[]>, keyOf: (row: T) => string) {
  return new DataLoader<string, T | null>(async (ids) => {
    const rows = new Map((await load(ids)).map((row) => [keyOf(row), row]))
    return ids.map((id) => rows.get(id) ?? null)
  })
}
