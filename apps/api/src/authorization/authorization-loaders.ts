import DataLoader from 'dataloader'
import type { CompanyEntity } from '../company/company.entity.js'
import type { CompanyService } from '../company/company.service.js'
import type { RequestContext } from '../context.js'
import { loaderByKey } from '../load-by-key.js'
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
    company: loaderByKey(
      (ids) => services.companies.findMany(ids),
      (company) => company.id,
    ),
    user: loaderByKey(
      (ids) => services.users.findMany(ids),
      (user) => user.id,
    ),
    tokens: loaderByKey(
      (ids) => services.vault.findMany(ids),
      (tokens) => tokens.authorizationId,
    ),
    ofCompany: new DataLoader<string, AuthorizationEntity[]>(async (ids) => {
      const rows = await services.authorizations.findOfCompanies(ids)
      return ids.map((id) => rows.filter((row) => row.companyId === id))
    }),
  }))
}
