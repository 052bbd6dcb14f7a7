import { expect, it } from 'vitest'
import {
  authorizationMoves,
  authorizationStatuses,
  statusAfter,
  type AuthorizationMove,
} from './authorization-state.js'

it('allows exactly the moves of this table', () => {
  const moves = Object.keys(authorizationMoves) as AuthorizationMove[]
  const table = moves.map((move) => [
    move,
    ...authorizationStatuses.map((from) => statusAfter(move, from) ?? '-'),
  ])
  expect(table).toEqual([
    ['optIn', 'AUTHORIZED', 'AUTHORIZED', 'AUTHORIZED'],
    ['refresh', '-', 'AUTHORIZED', '-'],
    ['invalidate', '-', 'REAUTHORIZATION_REQUIRED', '-'],
    ['end', 'NOT_AUTHORIZED', 'NOT_AUTHORIZED', 'NOT_AUTHORIZED'],
  ])
})
