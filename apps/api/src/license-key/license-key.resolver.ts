import { Secret } from '@optin-hub/oauth-client'
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import type { RequestContext } from '../context.js'
import { loaderByKey } from '../load-by-key.js'
import type { UserService } from '../user/user.service.js'
import { UserType } from '../user/user.type.js'
import { UpdateLicenseKeyInput } from './license-key.inputs.js'
import type { LicenseKeyService } from './license-key.service.js'
import { LicenseKeyType } from './license-key.type.js'

/** Adds `Company.licenseKey` from here, so that the company slice never learns of keys. */
@Resolver(() => CompanyEntity)
export class CompanyLicenseKeyResolver {
  constructor(private readonly keys: LicenseKeyService) {}

  @FieldResolver(() => LicenseKeyType, {
    nullable: true,
    description:
      'The UPS API License Key of the company; null where none is configured, and for those who may not know.',
  })
  licenseKey(@Root() company: CompanyEntity, @Ctx() context: RequestContext): Promise<LicenseKeyType | null> {
    // Not remembered: what is set within a request must be seen by the rest of it.
    const loader = context.memo('licenseKeys', () =>
      loaderByKey(
        (ids) => this.keys.findVisible(context, ids),
        (key) => key.companyId,
        { cache: false },
      ),
    )
    return loader.load(company.id)
  }
}

@Resolver(() => LicenseKeyType)
export class LicenseKeyResolver {
  constructor(
    private readonly keys: LicenseKeyService,
    private readonly users: UserService,
  ) {}

  @Mutation(() => CompanyEntity, {
    description:
      'Sets the UPS API License Key of a company. Only its admin can, and nobody can read it again.',
  })
  updateLicenseKey(
    @Arg('input', () => UpdateLicenseKeyInput, { description: 'Of which company, and the key.' })
    { companyId, key }: UpdateLicenseKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<CompanyEntity> {
    return this.keys.update(context, { companyId, key: Secret.of(key) })
  }

  @Mutation(() => CompanyEntity, { description: 'Destroys the UPS API License Key of a company.' })
  removeLicenseKey(
    @Arg('companyId', () => ID, { description: 'The company whose key it is.' }) companyId: string,
    @Ctx() context: RequestContext,
  ): Promise<CompanyEntity> {
    return this.keys.remove(context, companyId)
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The person of this hub who set it.' })
  setBy(@Root() key: LicenseKeyType, @Ctx() context: RequestContext): Promise<UserType | null> {
    const loader = context.memo('licenseKeySetters', () =>
      loaderByKey(
        (ids) => this.users.findMany(ids),
        (user) => user.id,
      ),
    )
    return loader.load(key.setById)
  }
}
