import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { CompanyEntity } from '../company/company.entity.js'
import { PageInfo, type Edge } from '../connection.js'
import type { ApiClientScope } from './scopes.js'

export const ApiClientScopeEnum = { STATUS_READ: 'STATUS_READ', TOKEN_READ: 'TOKEN_READ' } as const

registerEnumType(ApiClientScopeEnum, {
  name: 'ApiClientScope',
  description: 'What an API client may do. One does not imply the other.',
  valuesConfig: {
    STATUS_READ: { description: 'Learn whether an authorization stands, and its times.' },
    TOKEN_READ: { description: 'Obtain access tokens.' },
  },
})

@ObjectType('ApiClientKey', { description: 'A key of an API client. The key itself is shown once only.' })
export class ApiClientKeyType {
  @Field(() => ID)
  id: string

  @Field(() => String, { description: 'The part of the key that is no secret, to tell keys apart.' })
  publicId: string

  @Field(() => Date)
  createdAt: Date

  @Field(() => Date, { nullable: true })
  revokedAt: Date | null
}

@ObjectType('ApiClientGrant', { description: 'What one company lets an API client do in one application.' })
export class ApiClientGrantType {
  @Field(() => CompanyEntity)
  company: CompanyEntity

  @Field(() => ApplicationIdEnum)
  application: ApplicationId

  @Field(() => [ApiClientScopeEnum])
  scopes: ApiClientScope[]

  @Field(() => Date)
  givenAt: Date
}

/** Kept apart from the entity, whose other columns are nobody's business. */
@ObjectType('ApiClient', { description: 'A third-party application that asks with a key of its own.' })
export class ApiClientType {
  @Field(() => ID)
  id: string

  @Field(() => String)
  name: string

  @Field(() => Date)
  createdAt: Date

  @Field(() => Date, { nullable: true })
  revokedAt: Date | null
}

@ObjectType('CreatedApiClient')
export class CreatedApiClient {
  @Field(() => ApiClientType)
  apiClient: ApiClientType

  @Field(() => String, { description: 'Shown this once: it is not kept and cannot be read again.' })
  key: string
}

@ObjectType('ApiClientEdge')
export class ApiClientEdge {
  @Field(() => String)
  cursor: string

  @Field(() => ApiClientType)
  node: ApiClientType
}

@ObjectType('ApiClientConnection', { description: 'API clients, the newest first.' })
export class ApiClientConnection {
  @Field(() => [ApiClientEdge])
  edges: Edge<ApiClientType>[]

  @Field(() => PageInfo)
  pageInfo: PageInfo

  companyId: string
}
