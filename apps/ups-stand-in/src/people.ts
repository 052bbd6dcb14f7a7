import { scryptSync } from 'node:crypto'
import type { Grants } from './grants.js'
import { isSame } from './secret-values.js'
import type { Store } from './store.js'

/** A UPS.com profile. */
export interface Profile {
  username: string
  email: string
  password: string
}

export const DEFAULT_PROFILES: readonly Profile[] = [
  { username: 'acme', email: 'acme@example.com', password: 'ups-demo' },
  { username: 'demo', email: 'demo@example.com', password: 'ups-demo' },
]

/** Who can sign in at the stand-in's login pages. */
export class People {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    readonly profiles: readonly Profile[],
  ) {}

  /** By username or e-mail address, as the login page takes either. */
  find(name: string): Profile | null {
    const wanted = name.trim().toLowerCase()
    const isWanted = (profile: Profile) =>
      profile.username.toLowerCase() === wanted || profile.email.toLowerCase() === wanted
    return this.profiles.find(isWanted) ?? null
  }

  signIn(name: string, password: string): Profile | null {
    const profile = this.find(name)
    return profile && this.#isPasswordOf(profile, password) ? profile : null
  }

  /** UPS: "resetting" the password voids every token of the profile, in every application. */
  changePassword(profile: Profile, password: string): number {
    const salt = Buffer.from(this.store.randomBytes(16)).toString('hex')
    this.store.state.passwords[profile.username] = { salt, hash: passwordHash(password, salt) }
    this.store.changed()
    return this.grants.endAllOf(profile.username)
  }

  #isPasswordOf(profile: Profile, password: string): boolean {
    const changed = this.store.state.passwords[profile.username]
    if (!changed) return isSame(profile.password, password)
    return isSame(changed.hash, passwordHash(password, changed.salt))
  }
}

/** A low cost on purpose: these are the passwords of made-up people, and rehearsals sign in by the thousand. */
function passwordHash(password: string, salt: string): string {
  return scryptSync(password, salt, 32, { cost: 1024 }).toString('hex')
}
