import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql'
import { countField, PageInfo, type Connection, type Edge, type PageRequest } from './connection.js'

/** Which page of a list is asked for. */
@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, { defaultValue: 25, description: 'How many entries, at most 100.' })
  first: number

  @Field(() => String, { nullable: true, defaultValue: null, description: 'The cursor to go on from.' })
  after: string | null
}

/** A page of a list, and how to count the whole of it if that is asked for. */
export interface CountedConnection<T> extends Connection<T> {
  count: () => Promise<number>
}

/** The GraphQL types of one more list. */
export function connectionType<T extends object>(
  node: () => ClassType<T>,
  { name, description }: { name: string; description: string },
): ClassType<CountedConnection<T>> {
  @ObjectType(`${name}Edge`, { description: `An entry of ${name}Connection.` })
  class EdgeType {
    @Field(() => String, { description: 'Where the list goes on after this entry.' })
    cursor: string

    @Field(node, { description: 'The entry itself.' })
    node: T
  }

  @ObjectType(`${name}Connection`, { description })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The entries of this page.' })
    edges: Edge<T>[]

    @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
    pageInfo: PageInfo

    count: () => Promise<number>

    @Field(() => Int, { description: countField.description })
    totalCount(): Promise<number> {
      return this.count()
    }
  }
  return ConnectionType
}
