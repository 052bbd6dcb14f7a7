import { readable, accountLogInPage, accountPage, type GrantLine } from './account-pages.js'
import { BoundedMap } from './bounded-map.js'
import { isForeignPost, seeOther } from './layout.js'
import { formOf } from './parameters.js'
import type { Parts } from './parts.js'
import type { Profile } from './people.js'
import { newHandle } from './secret-values.js'
import type { Grant, VoidReason } from './state.js'

const COOKIE = 'ups-stand-in-account'

const REASONS: Record<VoidReason, string> = {
  'password-changed': 'the password was changed',
  'refresh-token-reused': 'a used refresh token came again',
  'code-reused': 'its code came twice',
  'authorized-again': 'it was authorized again',
}

/** The profile's own page: what it has authorized, and the change of password that ends it all. */
export class Account {
  readonly #sessions = new BoundedMap<Profile>(1000)

  constructor(private readonly parts: Parts) {}

  open(request: Request): Response {
    const profile = this.#profileOf(request)
    return profile ? this.#show(profile) : accountLogInPage(null)
  }

  async logIn(request: Request): Promise<Response> {
    const form = await this.#posted(request)
    const profile = form && this.parts.people.signIn(form.get('username') ?? '', form.get('password') ?? '')
    if (!profile) return accountLogInPage('That username and password do not match. Try again.')
    const session = newHandle(this.parts.randomBytes)
    this.#sessions.set(session, profile)
    return seeOther('/account', {
      'set-cookie': `${COOKIE}=${session}; Path=/account; HttpOnly; SameSite=Strict`,
    })
  }

  async changePassword(request: Request): Promise<Response> {
    const form = await this.#posted(request)
    const profile = this.#profileOf(request)
    if (!form || !profile) return seeOther('/account')
    if (!this.parts.people.signIn(profile.username, form.get('current') ?? '')) {
      return this.#show(profile, { error: 'The current password is not right. Nothing was changed.' })
    }
    const password = form.get('new') ?? ''
    if (password === '') return this.#show(profile, { error: 'Enter a new password. Nothing was changed.' })
    const ended = this.parts.people.changePassword(profile, password)
    const count = ended === 1 ? '1 authorization has ended.' : `${ended} authorizations have ended.`
    return this.#show(profile, { done: `Your password was changed. ${count}` })
  }

  async logOut(request: Request): Promise<Response> {
    if (await this.#posted(request)) this.#sessions.delete(sessionOf(request))
    return seeOther('/account', { 'set-cookie': `${COOKIE}=; Path=/account; Max-Age=0` })
  }

  forget(): void {
    this.#sessions.clear()
  }

  async #posted(request: Request): Promise<URLSearchParams | null> {
    return isForeignPost(request, this.parts.publicUrl) ? null : formOf(request)
  }

  #profileOf(request: Request): Profile | null {
    return this.#sessions.get(sessionOf(request)) ?? null
  }

  #show(profile: Profile, notice: { error?: string; done?: string } = {}): Response {
    const lines = this.parts.grants.of(profile.username).slice(-100).reverse()
    return accountPage(
      profile.username,
      lines.map((grant) => this.#line(grant)),
      notice,
    )
  }

  #line(grant: Grant): GrantLine {
    const application =
      this.parts.applications.find(grant.clientId)?.name ?? 'an application no longer registered'
    const { voidedAt, voidedBecause } = grant
    const ended =
      voidedAt === null || voidedBecause === null
        ? 'its refresh token has expired or is used up'
        : `${REASONS[voidedBecause]}, ${readable(new Date(voidedAt))}`
    return { application, agreedAt: new Date(grant.agreedAt), isLive: this.parts.grants.isLive(grant), ended }
  }
}

function sessionOf(request: Request): string {
  const match = new RegExp(`(?:^|; *)${COOKIE}=([A-Za-z0-9_-]+)`).exec(request.headers.get('cookie') ?? '')
  return match?.[1] ?? ''
}
