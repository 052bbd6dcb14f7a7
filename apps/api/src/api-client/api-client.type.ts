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
  @Field(() => ID, { description: 'The id by which it is revoked; no secret.' })
  id: string

  @Field(() => String, { description: 'The part of the key that is no secret, to tell keys apart.' })
  publicId: string

  @Field(() => Date, { description: 'When it was made.' })
  createdAt: Date

  @Field(() => Date, {
    nullable: true,
    description:
      'From when on it is refused: set when it was made, or by a rotation; null: it does not expire.',
  })
  expiresAt: Date | null

  @Field(() => Date, {
    nullable: true,
    description: 'When it was used last, as far as written down, which is once a minute; null: never.',
  })
  lastUsedAt: Date | null

  @Field(() => Date, { nullable: true, description: 'When it was ended; null while it has not been.' })
  revokedAt: Date | null
}

@ObjectType('ApiClientGrant', { description: 'What one company lets an API client do in one application.' })
export class ApiClientGrantType {
  @Field(() => CompanyEntity, { description: 'The company that lets it.' })
  company: CompanyEntity

  @Field(() => ApplicationIdEnum, { description: 'The application in which it may.' })
  application: ApplicationId

  @Field(() => [ApiClientScopeEnum], { description: 'What it may do there.' })
  scopes: ApiClientScope[]

  @Field(() => Date, { description: 'When this was given, or last added to.' })
  givenAt: Date
}

/** Kept apart from the entity, whose other columns are nobody's business. */
@ObjectType('ApiClient', { description: 'A third-party application that asks with a key of its own.' })
export class ApiClientType {
  @Field(() => ID, { description: 'Its id; no secret.' })
  id: string

  @Field(() => String, { description: 'What it was called by whoever created it.' })
  name: string

  @Field(() => Date, { description: 'When it was created.' })
  createdAt: Date

  @Field(() => Date, {
    nullable: true,
    description: 'Since when it is ended for good; null while it is not.',
  })
  revokedAt: Date | null

  @Field(() => Date, {
    nullable: true,
    description:
      'Since when it takes no tokens until it is resumed; it may still read states. Null: not paused.',
  })
  pausedAt: Date | null

  @Field(() => [String], {
    nullable: true,
    description: 'The network addresses and ranges from which its keys are accepted; null: from anywhere.',
  })
  addresses: readonly string[] | null
}

@ObjectType('CreatedApiClient', { description: 'An API client, and a new key of it.' })
export class CreatedApiClient {
  @Field(() => ApiClientType, { description: 'The client.' })
  apiClient: ApiClientType

  @Field(() => String, { description: 'Shown this once: it is not kept and cannot be read again.' })
  key: string
}

@ObjectType('ApiClientEdge', { description: 'One API client of a list.' })
export class ApiClientEdge {
  @Field(() => String, { description: 'Where the list goes on after it.' })
  cursor: string

  @Field(() => ApiClientType, { description: 'The client.' })
  node: ApiClientType
}

@ObjectType('ApiClientConnection', { description: 'API clients, the newest first.' })
export class ApiClientConnection {
  @Field(() => [ApiClientEdge], { description: 'Those of this page.' })
  edges: Edge<ApiClientType>[]

  @Field(() => PageInfo, { description: 'Whether there are more.' })
  pageInfo: PageInfo

  companyId: string
}
