import { Field, ObjectType } from 'type-graphql'

@ObjectType('LicenseKey', {
  description: 'What may be known of a UPS API License Key. The key itself is never answered.',
})
export class LicenseKeyType {
  @Field(() => String, { description: 'The last four characters, to tell keys apart.' })
  lastFour: string

  @Field(() => Date, { description: 'When it was set.' })
  setAt: Date

  setById: string
}
