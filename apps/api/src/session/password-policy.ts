import { dictionary } from '@zxcvbn-ts/language-common'
import { sessionErrors } from './session.errors.js'

const shortest = 8
const hubNames = ['optinhub', 'opt-in-hub', 'optin']

/** The passwords that leaks hold most often, far more than the first 3,000 of the length that is allowed (S-63). */
const common = new Set(dictionary['passwords-common'].filter((word) => word.length >= shortest))

/**
 * Length and guessability only: no rule about kinds of characters, and nothing is cut off.
 *
 * @param personal what is known of the person: sign-in name, mail address
 */
export function requireGoodPassword(password: string, personal: readonly string[]): void {
  if ([...password.normalize('NFC')].length < shortest) throw sessionErrors.PASSWORD_TOO_SHORT()
  if (common.has(password.toLowerCase())) throw sessionErrors.PASSWORD_TOO_COMMON()
  if (isMostly(password, [...hubNames, ...personal.flatMap(partsOf)])) {
    throw sessionErrors.PASSWORD_TOO_PERSONAL()
  }
}

/** A name with a few characters around it is the name; as a part of something long it does no harm. */
function isMostly(password: string, words: readonly string[]): boolean {
  const folded = fold(password)
  return words
    .map(fold)
    .filter((word) => word.length >= 4 && folded.includes(word))
    .some((word) => [...folded.replaceAll(word, '')].length < shortest)
}

const partsOf = (name: string): string[] => [name, ...name.split(/[@.]/)]

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._-]/g, '')
