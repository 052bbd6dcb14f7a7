import type { Fault, Faults } from './faults.js'
import type { Ledger, LedgerRow } from './ledger.js'
import type { People } from './people.js'
import type { Lifetimes, Quirks, Rotation } from './settings.js'
import type { Store } from './store.js'
import {
  checkClock,
  checkFault,
  checkLifetimes,
  checkPassword,
  checkQuirks,
  checkRotation,
  ControlError,
} from './control-input.js'

/**
 * What a test or a rehearsal may do behind UPS's back. The HTTP controls are these verbs, one to one: the body is
 * the argument, the answer the result. Wrong input throws a ControlError.
 */
export interface Control {
  ledger(query?: { after?: number }): { rows: LedgerRow[] }
  reset(): { reset: true }
  rotation(change: Partial<Rotation>): Rotation
  lifetimes(change: Partial<Lifetimes>): Lifetimes
  password(change: { username: string; password: string }): { username: string; voidedGrants: number }
  clock(change: { at?: string | number | Date; advanceSeconds?: number }): { now: string }
  quirks(change: Partial<Quirks>): Quirks
  faults(fault: Fault): { faults: Fault[] }
  clearFaults(): { faults: Fault[] }
}

interface Controlled {
  store: Store
  people: People
  faults: Faults
  ledger: Ledger
  /** Ends what lives in memory only: log ins under way, account pages. */
  forget(): void
}

export function createControl({ store, people, faults, ledger, forget }: Controlled): Control {
  const { settings } = store
  return {
    ledger: ({ after = 0 } = {}) => ({ rows: ledger.rows(after) }),
    reset() {
      store.reset()
      faults.clear()
      ledger.clear()
      forget()
      return { reset: true }
    },
    rotation: (change) => ({ ...Object.assign(settings.rotation, checkRotation(change)) }),
    lifetimes: (change) => ({ ...Object.assign(settings.lifetimes, checkLifetimes(change)) }),
    quirks: (change) => ({ ...Object.assign(settings.quirks, checkQuirks(change)) }),
    password(change) {
      const { username, password } = checkPassword(change)
      const profile = people.find(username)
      if (!profile) throw new ControlError('There is no profile of that username.')
      return { username: profile.username, voidedGrants: people.changePassword(profile, password) }
    },
    clock(change) {
      const move = checkClock(change)
      const now = store.now()
      const target = new Date(move.at ?? now + move.advanceSeconds * 1000)
      if (Number.isNaN(target.getTime())) throw new ControlError('No calendar goes that far.')
      store.state.clockOffsetMs += target.getTime() - now
      store.changed()
      return { now: target.toISOString() }
    },
    faults(fault) {
      faults.add(checkFault(fault))
      return { faults: faults.pending() }
    },
    clearFaults() {
      faults.clear()
      return { faults: [] }
    },
  }
}
