import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { applicationIds, type ApplicationId } from './applications.js'

export const ApplicationIdEnum = Object.fromEntries(applicationIds.map((id) => [id, id])) as {
  [Id in ApplicationId]: Id
}

registerEnumType(ApplicationIdEnum, {
  name: 'ApplicationId',
  description: 'One of the five UPS customer solution applications.',
  valuesConfig: {
    CONSUMER_RETURNS: { description: 'Intelligent Consumer Returns.' },
    REVERSE_LOGISTICS: { description: 'Intelligent Reverse Logistics.' },
    PICKUP_MANAGER: { description: 'Intelligent Pickup Manager.' },
    DATA_MANAGEMENT: { description: 'Intelligent Data Management.' },
    RATING: { description: 'Intelligent Rating.' },
  },
})

export const UpsEnvironmentEnum = { STAND_IN: 'stand-in', CIE: 'cie', PRODUCTION: 'production' } as const

registerEnumType(UpsEnvironmentEnum, {
  name: 'UpsEnvironment',
  description: 'Whom the hub takes for UPS.com.',
  valuesConfig: {
    STAND_IN: { description: 'A program of this project: a rehearsal, and nothing reaches UPS.' },
    CIE: { description: 'The test environment of UPS.' },
    PRODUCTION: { description: 'UPS itself.' },
  },
})

@ObjectType('Application', { description: 'One of the five UPS customer solution applications.' })
export class ApplicationType {
  @Field(() => ApplicationIdEnum, { description: 'What to name this application by.' })
  id: ApplicationId

  @Field(() => String, { description: 'The name as its guide prints it.' })
  name: string

  @Field(() => String, { description: 'The part of the path that names it: /applications/<slug>.' })
  slug: string
}

@ObjectType('Question', { description: 'A frequently asked question.' })
export class Question {
  @Field(() => String, { description: 'The question.' })
  question: string

  @Field(() => String, { description: 'The answer.' })
  answer: string
}
