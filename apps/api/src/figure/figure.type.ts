import { Field, Int, ObjectType } from 'type-graphql'

@ObjectType('StatesOfDay', { description: 'How many authorizations stood how at the end of a day, or now.' })
export class StatesOfDay {
  @Field(() => Date, { description: 'The beginning of the day, in UTC.' })
  day: Date

  @Field(() => Int, { description: 'Authorized.' })
  authorized: number

  @Field(() => Int, { description: 'Not honoured by UPS any more.' })
  reauthorizationRequired: number

  @Field(() => Int, { description: 'Enrolled, and not authorized.' })
  notAuthorized: number
}

@ObjectType('RenewalsOfHour', { description: 'What came of renewals in one hour.' })
export class RenewalsOfHour {
  @Field(() => Date, { description: 'The beginning of the hour.' })
  hour: Date

  @Field(() => Int, { description: 'Tokens that were renewed.' })
  renewed: number

  @Field(() => Int, { description: 'Authorizations that began to fail, or were refused by UPS.' })
  failed: number
}

@ObjectType('RunningOutOfDay', { description: 'Refresh tokens that run out on one day unless renewed.' })
export class RunningOutOfDay {
  @Field(() => Date, { description: 'The beginning of the day, in UTC.' })
  day: Date

  @Field(() => Int, { description: 'How many.' })
  count: number
}

@ObjectType('Figures', {
  description:
    'What the plots show: of the whole installation for a solution admin, else of the own companies.',
})
export class Figures {
  @Field(() => [StatesOfDay], { description: 'Of the last 60 days, as far back as was counted.' })
  states: StatesOfDay[]

  @Field(() => [RenewalsOfHour], { description: 'Of the last 48 hours.' })
  renewals: RenewalsOfHour[]

  @Field(() => [RunningOutOfDay], { description: 'Of the next 60 days.' })
  runningOut: RunningOutOfDay[]
}
