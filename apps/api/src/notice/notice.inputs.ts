import { IsBoolean } from 'class-validator'
import { Field, InputType } from 'type-graphql'

@InputType({ description: 'Which letters one wants.' })
export class ChangeNoticePreferencesInput {
  @Field(() => Boolean, { description: 'Before an authorization runs out that could not be renewed.' })
  @IsBoolean()
  expiring: boolean

  @Field(() => Boolean, { description: 'When an authorization has ended by itself.' })
  @IsBoolean()
  ended: boolean
}
