import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { Entity } from 'typeorm'
import { alarmKinds, type AlarmKind } from '../alarms.js'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { Id, Text, Timestamp } from '../db/columns.js'

export const AlarmKindEnum = Object.fromEntries(alarmKinds.map((kind) => [kind, kind])) as {
  [K in AlarmKind]: K
}

registerEnumType(AlarmKindEnum, {
  name: 'AlarmKind',
  description: 'What only an operator can put right.',
  valuesConfig: {
    APPLICATION_REFUSED: { description: 'UPS refuses the client id or the secret of an application.' },
    CLOCK_SKEW: { description: 'The clock of the hub and that of UPS are more than two minutes apart.' },
    TRAIL_BROKEN: { description: 'The audit trail was tampered with.' },
  },
})

/** One incident. */
@ObjectType('Alarm', { description: 'Something that only an operator can put right, and since when.' })
@Entity('alarms')
export class AlarmEntity {
  @Field(() => ID, { description: 'Of this incident.' })
  @Id()
  id: string

  @Field(() => AlarmKindEnum, { description: 'What is wrong.' })
  @Text()
  kind: AlarmKind

  @Field(() => ApplicationIdEnum, {
    name: 'application',
    nullable: true,
    description: 'Of which application, if of one.',
  })
  @Text({ nullable: true })
  applicationId: ApplicationId | null

  /** What it is about, while it lasts: there is one incident of a kind and application at a time. */
  @Text({ nullable: true })
  openKey: string | null

  @Field(() => Date, { description: 'Since when.' })
  @Timestamp()
  raisedAt: Date

  @Timestamp({ nullable: true })
  endedAt: Date | null
}
