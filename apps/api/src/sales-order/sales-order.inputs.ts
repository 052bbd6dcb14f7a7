import { IsOptional, MaxLength } from 'class-validator'
import { ArgsType, Field, ID, registerEnumType } from 'type-graphql'
import { PageArgs } from '../connection-type.js'
import { orderSorts, type OrderSort } from './order-sort.js'

const words: Record<OrderSort, string> = {
  ORDER_NUMBER_ASC: 'By Order#.',
  ORDER_NUMBER_DESC: 'By Order#, the last one first.',
  ORDER_DATE_ASC: 'By Order Date, the oldest first.',
  ORDER_DATE_DESC: 'By Order Date, the newest first.',
  DATE_ADDED_ASC: 'By Date Added, the oldest first.',
  DATE_ADDED_DESC: 'By Date Added, the newest first.',
}

export const SalesOrderSortEnum = Object.fromEntries(orderSorts.map((sort) => [sort, sort]))

registerEnumType(SalesOrderSortEnum, {
  name: 'SalesOrderSort',
  description: 'In which order a list of orders comes.',
  valuesConfig: Object.fromEntries(orderSorts.map((sort) => [sort, { description: words[sort] }])),
})

@ArgsType()
export class SalesOrdersArgs extends PageArgs {
  @Field(() => ID, { description: 'The company whose orders they are.' })
  @MaxLength(64)
  companyId: string

  @Field(() => String, {
    nullable: true,
    description: 'The beginning of an Order#, mail address, Original TrackNo or SKU, in any case.',
  })
  @IsOptional()
  @MaxLength(200)
  search: string | null

  @Field(() => SalesOrderSortEnum, {
    defaultValue: 'ORDER_DATE_DESC',
    description: 'The newest first where nothing is said.',
  })
  sort: OrderSort
}
