import { randomBytes as cryptoRandomBytes } from 'node:crypto'
import { Account } from './account.js'
import { Applications, type StandInApplication } from './applications.js'
import { systemClock, type Clock } from './clock.js'
import { Codes } from './codes.js'
import { createControl, type Control } from './control.js'
import { Faults } from './faults.js'
import { Grants } from './grants.js'
import { Ledger } from './ledger.js'
import { Login } from './login.js'
import type { Parts } from './parts.js'
import { DEFAULT_PROFILES, People, type Profile } from './people.js'
import { route } from './routes.js'
import type { RandomBytes } from './secret-values.js'
import { emptyState, type StandInState } from './state.js'
import { Store, type OnChange } from './store.js'

export type { StandInApplication } from './applications.js'
export type { Control } from './control.js'
export { ControlError } from './control-input.js'
export type { Fault } from './faults.js'
export type { Endpoint, LedgerRow } from './ledger.js'
export type { Profile } from './people.js'
export type { Lifetimes, Quirks, Rotation } from './settings.js'
export type { StandInState } from './state.js'
export { cancelAtLogin, signInAndAgree } from './sign-in-and-agree.js'

export interface StandInOptions {
  applications: StandInApplication[]
  profiles?: readonly Profile[]
  clock?: Clock
  publicUrl?: string
  randomBytes?: RandomBytes
  /** Restored from what `onChange` was last given. */
  state?: StandInState
  /** Called after each change with the live state, which goes on changing, and with what has changed in it. */
  onChange?: OnChange
}

export interface StandIn {
  /** Behaves as the global `fetch` does towards a server, faults included; takes the same arguments. */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>
  control: Control
}

/** UPS.com as a function from Request to Response: no socket, no port. */
export function createStandIn(options: StandInOptions): StandIn {
  const randomBytes = options.randomBytes ?? cryptoRandomBytes
  const store = new Store(options.state ?? emptyState(), {
    clock: options.clock ?? systemClock,
    randomBytes,
    onChange: options.onChange ?? (() => undefined),
  })
  const grants = new Grants(store)
  const people = new People(store, grants, options.profiles ?? DEFAULT_PROFILES)
  const parts: Parts = {
    publicUrl: new URL(options.publicUrl ?? 'http://127.0.0.1:4010'),
    applications: new Applications(options.applications),
    codes: new Codes(store),
    grants,
    people,
    settings: store.settings,
    randomBytes,
    now: () => store.now(),
  }
  const faults = new Faults()
  const ledger = new Ledger()
  const login = new Login(parts)
  const account = new Account(parts)
  const forget = () => {
    grants.reindex()
    login.forget()
    account.forget()
  }
  const control = createControl({ store, people, faults, ledger, forget })
  const house = { parts, faults, ledger, login, account, control }
  return {
    fetch: (input, init) => answered(new Request(input, init), (request) => route(request, house)),
    control,
  }
}

/** What `fetch` adds to an answer: it stops waiting when told to, and may refuse to be redirected. */
async function answered(
  request: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { signal } = request
  signal.throwIfAborted()
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
  const response = await Promise.race([answer(request), aborted])
  const isRedirect = response.status >= 300 && response.status < 400 && response.headers.has('location')
  if (isRedirect && request.redirect === 'error') {
    throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') })
  }
  return response
}
