import { Field, Int, ObjectType } from 'type-graphql'
import { connectionType } from '../connection-type.js'
import type { UserEntity } from '../user/user.entity.js'
import { UserType } from '../user/user.type.js'

@ObjectType('UserAccount', {
  description:
    'The account of a person, as solution admins see it; of companies it tells how many, never which.',
})
export class UserAccount {
  @Field(() => UserType, { description: 'The person.' })
  user: UserEntity

  @Field(() => String, { nullable: true, description: 'The person’s mail address, if there is one.' })
  email: string | null

  @Field(() => Date, { description: 'When the account was made.' })
  createdAt: Date

  @Field(() => Date, { nullable: true, description: 'When the person last signed in; null for never.' })
  lastSignInAt: Date | null

  @Field(() => Int, { description: 'In how many browsers the person is signed in.' })
  sessionCount: number

  @Field(() => Int, { description: 'For how many companies the person may act, by roles and by groups.' })
  companyCount: number
}

export const UserAccountConnection = connectionType(() => UserAccount, {
  name: 'UserAccount',
  description: 'The accounts of people, in the order of their sign in names.',
})
