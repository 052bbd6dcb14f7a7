import { ArrayMaxSize, ArrayMinSize, MaxLength } from 'class-validator'
import { ArgsType, Field, ID } from 'type-graphql'

@ArgsType()
export class TokenStatusesArgs {
  @Field(() => [ID], { description: 'Token Vault Keys, 1 to 100.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @MaxLength(64, { each: true })
  vaultKeys: string[]
}
