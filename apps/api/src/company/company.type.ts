import { Field, ObjectType } from 'type-graphql'
import { PageInfo, type Edge } from '../connection.js'
import { CompanyEntity } from './company.entity.js'
import type { CompanySearch } from './company-search.js'

@ObjectType('CompanyEdge')
class CompanyEdge {
  @Field(() => String)
  cursor: string

  @Field(() => CompanyEntity)
  node: CompanyEntity
}

@ObjectType('CompanyConnection', { description: 'Companies in the order of their names.' })
export class CompanyConnection {
  @Field(() => [CompanyEdge])
  edges: Edge<CompanyEntity>[]

  @Field(() => PageInfo)
  pageInfo: PageInfo

  /** What was searched for, so that the counts are computed only when they are asked for. */
  search: CompanySearch
}
