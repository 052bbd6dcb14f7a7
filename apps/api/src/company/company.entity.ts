import { Field, ID, ObjectType } from 'type-graphql'
import { Entity } from 'typeorm'
import { Id, Text, Timestamp } from '../db/columns.js'

@ObjectType('AccountExecutive', { description: 'The person to turn to for help.' })
export class AccountExecutive {
  @Field(() => String, { description: 'As the people of the company know them.' })
  name: string

  @Field(() => String, { nullable: true, description: 'A mail address, phone number or https link.' })
  contact: string | null
}

@ObjectType('Company', { description: 'The customer that opts in.' })
@Entity('companies')
export class CompanyEntity {
  @Field(() => ID, { description: 'What to name this company by.' })
  @Id()
  id: string

  @Field(() => String, { description: 'As its people know it; two companies may have the same.' })
  @Text()
  name: string

  /** Normalised name: what search and order go by, the same on both databases. */
  @Text()
  nameKey: string

  @Text({ nullable: true })
  accountExecutiveName: string | null

  @Text({ nullable: true })
  accountExecutiveContact: string | null

  @Timestamp()
  createdAt: Date

  @Timestamp({ nullable: true })
  removedAt: Date | null

  /** Shown by the resolver, which knows for whom. */
  get accountExecutive(): AccountExecutive | null {
    return this.accountExecutiveName === null
      ? null
      : { name: this.accountExecutiveName, contact: this.accountExecutiveContact }
  }
}
