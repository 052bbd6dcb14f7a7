import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { applicationIds, type ApplicationId } from './applications.js'

export const ApplicationIdEnum = Object.fromEntries(applicationIds.map((id) => [id, id])) as {
  [Id in ApplicationId]: Id
}

registerEnumType(ApplicationIdEnum, {
  name: 'ApplicationId',
  description: 'One of the five UPS customer solution applications.',
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
  @Field(() => ApplicationIdEnum)
  id: ApplicationId

  @Field(() => String, { description: 'The name as its guide prints it.' })
  name: string

  @Field(() => String, { description: 'The part of the path that names it: /applications/<slug>.' })
  slug: string
}

@ObjectType('Question', { description: 'A frequently asked question.' })
export class Question {
  @Field(() => String)
  question: string

  @Field(() => String)
  answer: string
}
