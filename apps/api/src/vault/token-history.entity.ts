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
registerEnumType(TokenCauseEnum, {
  name: 'TokenCause',
  description: 'Why a token set was fetched.',
  valuesConfig: {
    OPT_IN: { description: 'Somebody opted in.' },
    AHEAD_OF_EXPIRY: { description: 'Tokens in use are renewed before they expire.' },
    ON_DEMAND: { description: 'A token was asked for that the hub no longer had.' },
    KEEP_ALIVE: { description: 'So that the refresh token does not run out.' },
    BY_HAND: { description: 'Somebody asked for a check.' },
  },
})

/** The times of one generation; never a token value. */
@ObjectType('TokenGeneration', { description: 'The times of one generation of tokens; never a value.' })
@Entity('token_history')
export class TokenHistoryEntity {
  @Field(() => ID, { description: 'Of this entry.' })
  @Id()
  id: string

  @Reference()
  authorizationId: string

  @Field(() => Int, { description: 'Counts up with each pair, and is never set back.' })
  @Integer()
  generation: number

  @Field(() => Date, { description: 'When its access token was issued.' })
  @Timestamp()
  issuedAt: Date

  @Field(() => Date, { description: 'Until when its access token is good.' })
  @Timestamp()
  expiresAt: Date

  @Field(() => Date, { description: 'When its refresh token was issued.' })
  @Timestamp()
  refreshIssuedAt: Date

  @Field(() => Date, { description: 'Until when its refresh token was good, had it not been used.' })
  @Timestamp()
  refreshExpiresAt: Date

  @Field(() => TokenCauseEnum, { description: 'Why this pair was fetched.' })
  @Text()
  cause: TokenCause

  @Field(() => Date, {
    nullable: true,
    description: 'When the next generation, or the end of the authorization, took its place.',
  })
  @Timestamp({ nullable: true })
  supersededAt: Date | null
}
