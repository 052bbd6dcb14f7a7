import { FAULT_KINDS, type Fault } from './faults.js'
import { QUIRK_VALUES, ROTATION_MODES, type Lifetimes, type Quirks, type Rotation } from './settings.js'

/** The control was asked for something that does not exist; the message says what would have been right. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}

type Fields = Record<string, unknown>
type Check = (value: unknown, name: string) => unknown

export function checkRotation(input: unknown): Partial<Rotation> {
  return checked<Partial<Rotation>>(input, { mode: oneOf(ROTATION_MODES), graceSeconds: wholeNumber })
}

export function checkLifetimes(input: unknown): Partial<Lifetimes> {
  return checked<Partial<Lifetimes>>(input, { accessSeconds: wholeNumber, refreshSeconds: wholeNumber })
}

export function checkQuirks(input: unknown): Partial<Quirks> {
  const choices = Object.entries(QUIRK_VALUES).map(([name, values]) => [name, oneOf(values)] as const)
  return checked<Partial<Quirks>>(input, { ...Object.fromEntries(choices), codeSeconds: wholeNumber })
}

export function checkPassword(input: unknown): { username: string; password: string } {
  const change = checked<{ username?: string; password?: string }>(input, { username: text, password: text })
  if (!change.username || !change.password) throw new ControlError('username and password are both needed.')
  return { username: change.username, password: change.password }
}

export function checkClock(input: unknown): { at: number } | { at: undefined; advanceSeconds: number } {
  const change = checked<{ at?: number; advanceSeconds?: number }>(input, {
    at: moment,
    advanceSeconds: aNumber,
  })
  if (change.at !== undefined && change.advanceSeconds === undefined) return { at: change.at }
  if (change.at !== undefined || change.advanceSeconds === undefined) {
    throw new ControlError('Either at or advanceSeconds is needed.')
  }
  return { at: undefined, advanceSeconds: change.advanceSeconds }
}

export function checkFault(input: unknown): Fault {
  const fault = checked<Partial<Fault>>(input, {
    endpoint: oneOf(['authorize', 'token', 'refresh']),
    kind: oneOf(FAULT_KINDS),
    status: httpStatus,
    headers: headerMap,
    body: text,
    ms: wholeNumber,
    times: atLeastOne,
  })
  if (!fault.endpoint || !fault.kind) throw new ControlError('endpoint and kind are both needed.')
  return { ...fault, endpoint: fault.endpoint, kind: fault.kind }
}

/** The fields of `checks` that are there, each checked; a field of another name is refused, as it may be a slip. */
function checked<T>(input: unknown, checks: Record<string, Check>): T {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ControlError('A JSON object is needed.')
  }
  const result: Fields = {}
  for (const [name, value] of Object.entries(input)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (!check)
      throw new ControlError(`${name} is not known here; known are ${Object.keys(checks).join(', ')}.`)
    if (value !== undefined) result[name] = check(value, name)
  }
  return result as T
}

function oneOf(values: readonly string[]): Check {
  return (value, name) => {
    if (typeof value === 'string' && values.includes(value)) return value
    throw new ControlError(`${name} is one of ${values.join(', ')}.`)
  }
}

function aNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new ControlError(`${name} is a number.`)
}

function wholeNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new ControlError(`${name} is a whole number, 0 or more.`)
}

function atLeastOne(value: unknown, name: string): number {
  if (wholeNumber(value, name) >= 1) return value as number
  throw new ControlError(`${name} is a whole number, 1 or more.`)
}

function httpStatus(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599) return value
  throw new ControlError(`${name} is an HTTP status from 200 to 599.`)
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string') return value
  throw new ControlError(`${name} is a string.`)
}

function moment(value: unknown, name: string): number {
  const isWritten = typeof value === 'string' || typeof value === 'number' || value instanceof Date
  const ms = isWritten ? new Date(value).getTime() : NaN
  if (Number.isFinite(ms)) return ms
  throw new ControlError(`${name} is a date, such as 2026-08-01T12:00:00Z, or epoch milliseconds.`)
}

function headerMap(value: unknown, name: string): Record<string, string> {
  try {
    return Object.fromEntries(new Headers(value as Record<string, string>))
  } catch {
    throw new ControlError(`${name} is an object of header names and values.`)
  }
}
