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
  @Field(() => Date)
  issuedAt: Date

  @Field(() => Date)
  expiresAt: Date

  @Field(() => Date)
  refreshIssuedAt: Date

  @Field(() => Date)
  refreshExpiresAt: Date

  @Field(() => Int)
  refreshCount: number
}

@ObjectType('BeginOptIn', { description: 'A visit to UPS.com that may begin now.' })
export class BeginOptIn {
  @Field(() => ID)
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
  @Field(() => ID)
  id: string

  @Field(() => ApplicationType)
  application: ApplicationType

  @Field(() => CompanyEntity)
  company: CompanyEntity

  @Field(() => OptInOutcomeEnum)
  outcome: OptInOutcome

  @Field(() => Date)
  at: Date

  @Field(() => ApplicationType, {
    nullable: true,
    description: "After AUTHORIZED: the company's next application that is not authorized yet.",
  })
  nextApplication: ApplicationType | null
}
