import { tokenApiErrors } from './token-api.errors.js'

const standardMinimum = 60
const largestMinimum = 600

/** How much life a token must have left (S-153). */
export function minimumSeconds(asked: number | null | undefined): number {
  const seconds = asked ?? standardMinimum
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= largestMinimum) return seconds
  throw tokenApiErrors.MINIMUM_OUT_OF_RANGE()
}

/** As a query gives it: absent, or one number in plain digits. */
export function minimumSecondsOf(parameter: unknown): number {
  if (parameter === undefined) return minimumSeconds(null)
  const isPlain = typeof parameter === 'string' && /^\d{1,4}$/.test(parameter)
  return minimumSeconds(isPlain ? Number(parameter) : Number.NaN)
}
