import { Field, ObjectType } from 'type-graphql'
import { Entity } from 'typeorm'
import { Flag, Id } from '../db/columns.js'

/** A row for who has chosen; who has not gets every letter. */
@ObjectType('NoticePreferences', { description: 'Which letters a company admin gets by themselves.' })
@Entity('notice_preferences')
export class NoticePreferencesEntity {
  @Id()
  userId: string

  @Field(() => Boolean, {
    description: 'Fourteen, seven and one days before an authorization runs out that could not be renewed.',
  })
  @Flag()
  expiring: boolean

  @Field(() => Boolean, {
    description: 'When an authorization has ended by itself, and when that has turned out to be wrong.',
  })
  @Flag()
  ended: boolean
}
