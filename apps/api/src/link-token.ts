import { Matches } from 'class-validator'

/** The secret behind the # of a link in a letter: 256 bits, of which only a hash is kept (S-64). */
export const newLinkToken = (randomBytes: (size: number) => Buffer): string =>
  randomBytes(32).toString('base64url')

/** Of an input's field: what cannot be such a token is refused before anything is looked for. */
export const IsLinkToken = (): PropertyDecorator => Matches(/^[\w-]{43}$/)
