import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Entity } from 'typeorm'
import { Id, Integer, Reference, Text, Timestamp } from '../db/columns.js'

@ObjectType('SalesOrder', { description: 'One article of an order, as the company handed it in.' })
@Entity('sales_orders')
export class SalesOrderEntity {
  @Field(() => ID, { description: 'Of this entry, the same for as long as it is kept.' })
  @Id()
  id: string

  @Reference()
  companyId: string

  @Field(() => String, { description: 'Order#.' })
  @Text()
  orderNumber: string

  @Text()
  orderNumberKey: string

  @Field(() => String, { nullable: true, description: 'Mail address of who ordered.' })
  @Text({ nullable: true })
  email: string | null

  @Text()
  emailKey: string

  @Field(() => String, { nullable: true, description: 'Who ordered.' })
  @Text({ nullable: true })
  contactName: string | null

  @Field(() => String, { nullable: true, description: 'The company of who ordered.' })
  @Text({ nullable: true })
  companyName: string | null

  @Field(() => String, { nullable: true, description: 'Where it went, as the company wrote it.' })
  @Text({ nullable: true })
  country: string | null

  @Field(() => Date, { description: 'The day of the order, as its first moment in UTC.' })
  @Timestamp()
  orderedAt: Date

  @Field(() => Date, { description: 'When the order came into this hub.' })
  @Timestamp()
  addedAt: Date

  @Field(() => String, { nullable: true, description: 'Original TrackNo: of the parcel that went out.' })
  @Text({ nullable: true })
  trackingNumber: string | null

  @Text()
  trackingNumberKey: string

  @Field(() => String, { nullable: true, description: 'What tells the article from others.' })
  @Text({ nullable: true })
  sku: string | null

  @Text()
  skuKey: string

  @Field(() => String, { nullable: true, description: 'The article in words.' })
  @Text({ nullable: true })
  description: string | null

  @Field(() => Int, { description: 'How many were ordered.' })
  @Integer()
  orderQuantity: number

  @Field(() => Int, { description: 'How many came back.' })
  @Integer()
  quantityReturned: number
}
