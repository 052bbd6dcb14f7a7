import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { ApplicationType } from '../application/application.type.js'
import { CompanyEntity } from '../company/company.entity.js'
import { optInOutcomes, type OptInOutcome } from './opt-in-outcome.js'

export const OptInOutcomeEnum = Object.fromEntries(optInOutcomes.map((outcome) => [outcome, outcome])) as {
  [Outcome in OptInOutcome]: Outcome
}
registerEnumType(OptInOutcomeEnum, {
  name: 'OptInOutcome',
  description: 'How one visit to UPS.com ended.',
  valuesConfig: {
    PENDING: { description: 'Begun; UPS.com has not sent the browser back.' },
    AUTHORIZED: { description: 'The tokens are in the vault.' },
    REFUSED_AT_UPS: { description: 'Refused or cancelled at UPS.com.' },
    FAILED_AT_UPS: { description: 'UPS.com reported another error on the way back.' },
    EXPIRED: { description: 'The visit took longer than ten minutes.' },
    VOIDED: {
      description:
        'Opted out, lost the role, signed out, or the company left meanwhile: nothing was attached.',
    },
    CODE_REFUSED: { description: 'UPS refused to exchange the code.' },
    UPS_UNAVAILABLE: { description: 'UPS.com could not be reached or was overloaded: nothing was attached.' },
    UNKNOWN: { description: 'The code was sent and no answer came: start again.' },
    APPLICATION_REFUSED: { description: 'UPS refused the application itself: an operator has to act.' },
  },
})

@ObjectType('TokenTimes', { description: 'The times of the current pair of tokens.' })
export class TokenTimes {
  @Field(() => Date, { description: 'When the access token was issued.' })
  issuedAt: Date

  @Field(() => Date, { description: 'Until when the access token is good.' })
  expiresAt: Date

  @Field(() => Date, { description: 'When the refresh token was issued.' })
  refreshIssuedAt: Date

  @Field(() => Date, { description: 'Until when the refresh token is good.' })
  refreshExpiresAt: Date

  @Field(() => Int, { description: 'How often the pair has been renewed since the opt-in.' })
  refreshCount: number
}

@ObjectType('BeginOptIn', { description: 'A visit to UPS.com that may begin now.' })
export class BeginOptIn {
  @Field(() => ID, { description: 'What to ask for the outcome by.' })
  id: string

  @Field(() => String, { description: 'Where to send the browser.' })
  authorizationUrl: string

  @Field(() => Date, { description: 'By when UPS.com must have sent the browser back.' })
  expiresAt: Date
}

@ObjectType('OptIn', {
  description: 'How one visit to UPS.com ended; seen only by who began it, in the session that began it.',
})
export class OptIn {
  @Field(() => ID, { description: 'What beginOptIn answered.' })
  id: string

  @Field(() => ApplicationType, { description: 'For which application it was.' })
  application: ApplicationType

  @Field(() => CompanyEntity, { description: 'For which company it was.' })
  company: CompanyEntity

  @Field(() => OptInOutcomeEnum, { description: 'How it ended.' })
  outcome: OptInOutcome

  @Field(() => Date, { description: 'When it ended, or began if it has not.' })
  at: Date

  @Field(() => ApplicationType, {
    nullable: true,
    description: "After AUTHORIZED: the company's next application that is not authorized yet.",
  })
  nextApplication: ApplicationType | null
}
