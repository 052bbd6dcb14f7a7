export const orderSorts = [
  'ORDER_NUMBER_ASC',
  'ORDER_NUMBER_DESC',
  'ORDER_DATE_ASC',
  'ORDER_DATE_DESC',
  'DATE_ADDED_ASC',
  'DATE_ADDED_DESC',
] as const
export type OrderSort = (typeof orderSorts)[number]

/** A place in an order: what is sorted by, and what tells those apart that are alike in it. */
export type Position = readonly [string | number, string]

export interface SortedBy {
  column: 'orderNumberKey' | 'orderedAt' | 'addedAt'
  tieBreaker: 'skuKey' | 'id'
  isDescending: boolean
}

/** Each of them is an index within the company, walked in either direction. */
export function sortedBy(sort: OrderSort): SortedBy {
  const isDescending = sort.endsWith('_DESC')
  if (sort.startsWith('ORDER_NUMBER')) return { column: 'orderNumberKey', tieBreaker: 'skuKey', isDescending }
  return { column: sort.startsWith('ORDER_DATE') ? 'orderedAt' : 'addedAt', tieBreaker: 'id', isDescending }
}

/** Texts by code point, as both databases compare. */
export function comparePositions(one: Position, other: Position): number {
  const [first, second] = [one[0], other[0]]
  const byFirst =
    typeof first === 'number' ? first - Number(second) : Buffer.compare(Buffer.from(first), bytesOf(second))
  return byFirst || Buffer.compare(Buffer.from(one[1]), Buffer.from(other[1]))
}

const bytesOf = (value: string | number): Buffer => Buffer.from(String(value))
