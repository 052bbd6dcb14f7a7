import { Field, ID, Int, ObjectType } from 'type-graphql'

@ObjectType('HandOut', { description: 'One token that a third-party application took.' })
export class HandOutType {
  @Field(() => ID, { description: 'Of the record.' })
  id: string

  @Field(() => Date, { description: 'When it was handed out.' })
  at: Date

  @Field(() => String, { description: 'The name of the API client that took it.' })
  clientName: string

  @Field(() => Int, { description: 'Of which generation the token was.' })
  generation: number

  @Field(() => String, { description: 'The network address from which it was asked for.' })
  address: string
}
