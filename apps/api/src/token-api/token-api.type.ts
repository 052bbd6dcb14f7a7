import { Field, ID, ObjectType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import type { AuthorizationStatus, EndReason } from '../authorization/authorization-state.js'
import { AuthorizationStatusEnum, EndReasonEnum } from '../authorization/authorization.entity.js'
import { RefreshProblem } from '../refresh/refresh-problem.js'

@ObjectType('TokenStatus', { description: 'What a third-party application may know about an authorization.' })
export class TokenStatus {
  @Field(() => ID)
  vaultKey: string

  @Field(() => ApplicationIdEnum)
  application: ApplicationId

  @Field(() => AuthorizationStatusEnum)
  status: AuthorizationStatus

  @Field(() => Boolean, { description: 'The authorization stands: access tokens can be had.' })
  active: boolean

  @Field(() => Date, {
    nullable: true,
    description: 'When the current access token expires, which the hub renews by itself; null unless active.',
  })
  expiresAt: Date | null

  @Field(() => Date, {
    nullable: true,
    description: 'Until when the authorization can be renewed without a person; null unless active.',
  })
  refreshExpiresAt: Date | null

  @Field(() => Boolean, { description: 'Only a person of the company can make it active again.' })
  reauthorizationRequired: boolean

  @Field(() => EndReasonEnum, { nullable: true })
  endReason: EndReason | null

  @Field(() => Date)
  checkedAt: Date
}

@ObjectType('AccessToken', { description: 'An access token of UPS. Each one handed out is recorded.' })
export class AccessTokenType {
  @Field(() => String)
  accessToken: string

  @Field(() => String)
  tokenType: string

  @Field(() => Date)
  expiresAt: Date

  @Field(() => Boolean, { description: 'It has less life left than was asked for: see refreshProblem.' })
  stale: boolean

  @Field(() => RefreshProblem, {
    nullable: true,
    description: 'Why it could not be renewed; the authorization still stands.',
  })
  refreshProblem: RefreshProblem | null
}
