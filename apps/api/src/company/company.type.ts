import { Field, ObjectType } from 'type-graphql'
import { PageInfo, type Edge } from '../connection.js'
import { CompanyEntity } from './company.entity.js'
import type { CompanySearch } from './company-search.js'

@ObjectType('CompanyEdge', { description: 'An entry of CompanyConnection.' })
class CompanyEdge {
  @Field(() => String, { description: 'Where the list goes on after this entry.' })
  cursor: string

  @Field(() => CompanyEntity, { description: 'The company.' })
  node: CompanyEntity
}

@ObjectType('CompanyConnection', { description: 'Companies in the order of their names.' })
export class CompanyConnection {
  @Field(() => [CompanyEdge], { description: 'The companies of this page.' })
  edges: Edge<CompanyEntity>[]

  @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
  pageInfo: PageInfo

  /** What was searched for, so that the counts are computed only when they are asked for. */
  search: CompanySearch
}
