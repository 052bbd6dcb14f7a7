import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Entity } from 'typeorm'
import { Id, Integer, Reference, Text, Timestamp } from '../db/columns.js'

export const TokenCauseEnum = {
  OPT_IN: 'OPT_IN',
  AHEAD_OF_EXPIRY: 'AHEAD_OF_EXPIRY',
  ON_DEMAND: 'ON_DEMAND',
  KEEP_ALIVE: 'KEEP_ALIVE',
  BY_HAND: 'BY_HAND',
} as const
export type TokenCause = keyof typeof TokenCauseEnum
registerEnumType(TokenCauseEnum, { name: 'TokenCause', description: 'Why a token set was fetched.' })

/** The times of one generation; never a token value. */
@ObjectType('TokenGeneration', { description: 'The times of one generation of tokens; never a value.' })
@Entity('token_history')
export class TokenHistoryEntity {
  @Field(() => ID)
  @Id()
  id: string

  @Reference()
  authorizationId: string

  @Field(() => Int)
  @Integer()
  generation: number

  @Field(() => Date)
  @Timestamp()
  issuedAt: Date

  @Field(() => Date)
  @Timestamp()
  expiresAt: Date

  @Field(() => Date)
  @Timestamp()
  refreshIssuedAt: Date

  @Field(() => Date)
  @Timestamp()
  refreshExpiresAt: Date

  @Field(() => TokenCauseEnum)
  @Text()
  cause: TokenCause

  @Field(() => Date, {
    nullable: true,
    description: 'When the next generation, or the end of the authorization, took its place.',
  })
  @Timestamp({ nullable: true })
  supersededAt: Date | null
}
