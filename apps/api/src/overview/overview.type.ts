import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { CompanyEntity } from '../company/company.entity.js'
import { countField, PageInfo, type Edge } from '../connection.js'
import type { OverviewSearch } from './overview-search.js'
import { standings, type Standing } from './standing-policy.js'

export const StandingEnum = Object.fromEntries(standings.map((each) => [each, each])) as {
  [Each in Standing]: Each
}
registerEnumType(StandingEnum, {
  name: 'Standing',
  description: 'How an authorization stands, as far as somebody may have to do something about it.',
  valuesConfig: {
    REAUTHORIZATION_REQUIRED: { description: 'UPS does not honour it any more: opt in again.' },
    REFRESH_PROBLEM: { description: 'It stands, but its tokens could not be renewed since the last time.' },
    RUNNING_OUT: {
      description: 'Its refresh token has at most 14 days left and was not renewed when it should have been.',
    },
    AUTHORIZED: { description: 'It stands, and nothing has to be done.' },
    NOT_AUTHORIZED: { description: 'Nobody has opted in, or somebody has opted out.' },
  },
})

@ObjectType('OverviewEdge', { description: 'An entry of OverviewConnection.' })
class OverviewEdge {
  @Field(() => String, { description: 'Where the list goes on after this entry.' })
  cursor: string

  @Field(() => CompanyEntity, { description: 'The company.' })
  node: CompanyEntity
}

@ObjectType('StandingCount', { description: 'How many companies have an authorization that stands so.' })
export class StandingCount {
  @Field(() => StandingEnum, { description: 'How it stands.' })
  standing: Standing

  @Field(() => Int, { description: countField.description })
  count: number
}

@ObjectType('OverviewConnection', {
  description: 'Companies, those that need a hand first, and else in the order of their names.',
})
export class OverviewConnection {
  @Field(() => [OverviewEdge], { description: 'The entries of this page.' })
  edges: Edge<CompanyEntity>[]

  @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
  pageInfo: PageInfo

  /** What was searched for, so that the counts are computed only when they are asked for. */
  search: OverviewSearch
}
