import { Field, Int, ObjectType } from 'type-graphql'
import { DomainError } from './errors.js'

@ObjectType('PageInfo', { description: 'Where a page of a list stands.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether anything follows.' })
  hasNextPage: boolean

  @Field(() => Boolean, { description: 'Whether anything came before.' })
  hasPreviousPage: boolean

  @Field(() => String, { description: 'Of the first entry; null on an empty page.', nullable: true })
  startCursor: string | null

  @Field(() => String, { description: 'To go on from; null on an empty page.', nullable: true })
  endCursor: string | null
}

export interface Edge<T> {
  cursor: string
  node: T
}

export interface Connection<T> {
  edges: Edge<T>[]
  pageInfo: PageInfo
}

export interface PageRequest {
  first: number
  after: string | null
}

const largestPage = 100

export function checkPageSize(first: number): number {
  if (first >= 1 && first <= largestPage) return first
  throw new DomainError({
    code: 'BAD_USER_INPUT',
    reason: 'PAGE_SIZE_OUT_OF_RANGE',
    message: `A page has 1 to ${largestPage} entries.`,
  })
}

/** Takes one row more than asked for, which tells whether there is a next page without counting. */
export function toConnection<T>(rows: T[], page: PageRequest, cursorOf: (row: T) => string): Connection<T> {
  const edges = rows.slice(0, page.first).map((node) => ({ node, cursor: cursorOf(node) }))
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

export const countField = { type: () => Int, description: 'Exact up to 10,000, which then stands for more.' }
export const countLimit = 10_000
