import type { ErrorCode } from '../../errors.js'
import type { CallerName, Owner, Scene, Target } from './scene.js'

/** `answer`: the thing itself; `nothing`: as if it did not exist (null for a query, NOT_FOUND for a mutation); else a refusal. */
export type Verdict = 'answer' | 'nothing' | ErrorCode

/** Verdicts by caller, and there by whose object it is; who or what is not named gets `otherwise`. */
export type Verdicts = Partial<Record<CallerName, Verdict | Partial<Record<Owner, Verdict>>>>

/** What every operation for people says to those who are none of them. */
export const forPeople: Verdicts = {
  anonymous: 'UNAUTHENTICATED',
  'key of A for status': 'FORBIDDEN',
  'key of A for tokens': 'FORBIDDEN',
  'key of B': 'FORBIDDEN',
  'revoked key of A': 'UNAUTHENTICATED',
}

/**
 * An operation that names an object: foreign, absent and malformed are answered alike; of a list that is narrowed to it,
 * the empty one, or one of nulls, is as if it did not exist.
 */
export interface ObjectRow {
  document: string
  variables: (target: Target) => object
  verdicts: Verdicts
  /** The answer ends the object, so that the next who may needs another one: in a scene of its own, unless this makes one. */
  ends?: true | ((scene: Scene, owner: Owner) => Promise<Target>)
}

/** An operation without an object: the same to each caller, or shown by other tests, named here. */
export interface PlainRow {
  document: string
  variables?: object
  verdicts: Verdicts
  /** What callers get that are not named. */
  otherwise: Verdict
}

export type Row = ObjectRow | PlainRow

export const isObjectRow = (row: Row): row is ObjectRow => !('otherwise' in row)
