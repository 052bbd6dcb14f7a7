import { Field, ID, ObjectType } from 'type-graphql'
import { PageInfo, type Edge } from '../connection.js'

/** Kept apart from the entity, whose id is all that the two share with the outside. */
@ObjectType('Session', { description: 'A browser in which one is signed in.' })
export class SessionType {
  @Field(() => ID, { description: 'To end it by; it opens nothing.' })
  id: string

  @Field(() => Date, { description: 'When one signed in.' })
  createdAt: Date

  @Field(() => Date, { description: 'When it was last used, to the minute.' })
  lastSeenAt: Date

  @Field(() => String, { nullable: true, description: 'The network address that it began from.' })
  address: string | null

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  isCurrent: boolean
}

@ObjectType('SessionEdge', { description: 'A session and its place in the list.' })
export class SessionEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  cursor: string

  @Field(() => SessionType, { description: 'The session.' })
  node: SessionType
}

@ObjectType('SessionConnection', { description: 'Sessions, the newest first.' })
export class SessionConnection {
  @Field(() => [SessionEdge], { description: 'The sessions of this page.' })
  edges: Edge<SessionType>[]

  @Field(() => PageInfo, { description: 'Where this page stands.' })
  pageInfo: PageInfo
}
