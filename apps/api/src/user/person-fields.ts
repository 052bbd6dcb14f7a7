import { IsEmail, Length, Matches, MaxLength } from 'class-validator'
import { mailAddress } from '../mail-address.js'
import { plainText, plainTextMessage } from '../plain-text.js'

/** Letters and digits of any script, and what joins them: a name that is typed and read out, without blanks. */
const signInName = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@+-]*$/u

const together =
  (...rules: PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const rule of rules) rule(target, property)
  }

/** What an input accepts for a person, the same wherever one is named. */
export const IsSignInName = (): PropertyDecorator =>
  together(
    Length(3, 64),
    Matches(signInName, {
      message: 'must consist of letters, digits and . _ - + @, and begin with a letter or digit',
    }),
  )

export const IsDisplayName = (): PropertyDecorator =>
  together(Length(1, 100), Matches(/\S/), Matches(plainText, { message: plainTextMessage }))

export const IsMailAddress = (): PropertyDecorator =>
  together(
    MaxLength(254),
    IsEmail({ allow_utf8_local_part: false }, { message: 'must be a mail address' }),
    Matches(mailAddress, { message: 'must be a plain mail address' }),
  )
