import { Field, ID, ObjectType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import type { AuthorizationStatus, EndReason } from '../authorization/authorization-state.js'
import { AuthorizationStatusEnum, EndReasonEnum } from '../authorization/authorization.entity.js'
import { RefreshProblem } from '../refresh/refresh-problem.js'

@ObjectType('TokenStatus', { description: 'What a third-party application may know about an authorization.' })
export class TokenStatus {
  @Field(() => ID, { description: 'The Token Vault Key that was asked for, in capitals.' })
  vaultKey: string

  @Field(() => ApplicationIdEnum, { description: 'The application.' })
  application: ApplicationId

  @Field(() => AuthorizationStatusEnum, {
    description: 'Whether the application may act for the company now.',
  })
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

  @Field(() => EndReasonEnum, {
    description: 'Why it ended; null while it stands, and before the first opt-in.',
    nullable: true,
  })
  endReason: EndReason | null

  @Field(() => Date, { description: 'When this was read.' })
  checkedAt: Date
}

@ObjectType('AccessToken', { description: 'An access token of UPS. Each one handed out is recorded.' })
export class AccessTokenType {
  @Field(() => String, { description: 'For Authorization: Bearer to UPS.' })
  accessToken: string

  @Field(() => String, { description: 'Always Bearer.' })
  tokenType: string

  @Field(() => Date, { description: 'From then on UPS refuses it.' })
  expiresAt: Date

  @Field(() => Boolean, { description: 'It has less life left than was asked for: see refreshProblem.' })
  stale: boolean

  @Field(() => RefreshProblem, {
    nullable: true,
    description: 'Why it could not be renewed; the authorization still stands.',
  })
  refreshProblem: RefreshProblem | null
}
