import { readAuthorizationRequest, type AuthorizationRequest } from './authorization-request.js'
import { BoundedMap } from './bounded-map.js'
import { html, type Html } from './html.js'
import { isForeignPost, seeOther } from './layout.js'
import { noticePage, passwordPage, usernamePage } from './login-pages.js'
import { formOf } from './parameters.js'
import type { Parts } from './parts.js'
import { DEFAULT_PROFILES } from './people.js'
import { refusal } from './refusals.js'
import { newHandle } from './secret-values.js'

const TRANSACTION_MS = 10 * 60 * 1000

interface Transaction {
  request: AuthorizationRequest
  /** Null before the first step is done. */
  username: string | null
  until: number
}

/**
 * The two steps of the log in. What is known between them stays here, under a handle that is good for one post, so
 * nothing a browser sends can change for whom, or where to, the code goes.
 */
export class Login {
  readonly #transactions = new BoundedMap<Transaction>(10_000)

  constructor(private readonly parts: Parts) {}

  open(request: Request): Response {
    const read = readAuthorizationRequest(new URL(request.url).searchParams, this.parts)
    if (typeof read === 'string') return refusal(read)
    return this.#askUsername(read, '')
  }

  async username(request: Request): Promise<Response> {
    const posted = await this.#posted(request, false)
    if (!posted) return outOfDate()
    const { form, transaction } = posted
    if (form.get('action') === 'cancel') return this.#cancel(transaction.request)
    const typed = form.get('username')?.trim().slice(0, 200) ?? ''
    if (typed === '') return this.#askUsername(transaction.request, '', 'Enter your email or username.')
    if (form.get('agree') !== 'yes') {
      const error = 'Tick the box to agree; without it you cannot continue.'
      return this.#askUsername(transaction.request, typed, error)
    }
    return this.#askPassword(transaction.request, typed)
  }

  async password(request: Request): Promise<Response> {
    const posted = await this.#posted(request, true)
    if (!posted) return outOfDate()
    const { form, transaction } = posted
    if (form.get('action') === 'cancel') return this.#cancel(transaction.request)
    const username = transaction.username ?? ''
    const profile = this.parts.people.signIn(username, form.get('password') ?? '')
    if (!profile) {
      const error = 'That username and password do not match. Try again.'
      return this.#askPassword(transaction.request, username, error)
    }
    const { application, scope, state, codeChallenge } = transaction.request
    const { clientId, redirectUri } = application
    const code = this.parts.codes.issue({
      clientId,
      redirectUri,
      username: profile.username,
      scope,
      codeChallenge,
    })
    return seeOther(callbackUrl(redirectUri, { code, scope, state: this.#echoed(state) }))
  }

  forget(): void {
    this.#transactions.clear()
  }

  #askUsername(request: AuthorizationRequest, username: string, error?: string): Response {
    const transaction = this.#begin(request, null)
    return usernamePage({ transaction, request, error }, username, this.#hint())
  }

  #askPassword(request: AuthorizationRequest, username: string, error?: string): Response {
    const transaction = this.#begin(request, username)
    const known = this.parts.people.find(username)?.username
    return passwordPage({ transaction, request, error }, known ?? username)
  }

  #begin(request: AuthorizationRequest, username: string | null): string {
    const handle = newHandle(this.parts.randomBytes)
    this.#transactions.set(handle, { request, username, until: this.parts.now() + TRANSACTION_MS })
    return handle
  }

  async #posted(request: Request, hasUsername: boolean) {
    const form = await formOf(request)
    if (!form || isForeignPost(request, this.parts.publicUrl)) return null
    const transaction = this.#transactions.take(form.get('transaction') ?? '')
    if (!transaction || transaction.until <= this.parts.now()) return null
    return (transaction.username !== null) === hasUsername ? { form, transaction } : null
  }

  #cancel({ application, state }: AuthorizationRequest): Response {
    if (this.parts.settings.quirks.cancel === 'stranded') {
      return noticePage('Log in cancelled', 'You have not been logged in. You can close this page.')
    }
    return seeOther(
      callbackUrl(application.redirectUri, { error: 'access_denied', state: this.#echoed(state) }),
    )
  }

  #echoed(state: string | null): string | null {
    return this.parts.settings.quirks.state === 'echo' ? state : null
  }

  #hint(): Html | null {
    if (this.parts.people.profiles !== DEFAULT_PROFILES) return null
    return html`<p class="hint">
      Rehearsal profiles: acme and demo; their password to begin with is ups-demo.
    </p>`
  }
}

/** UPS: observed to leave the `==` at the end of a code as they are, which is legal in a query. */
function callbackUrl(redirectUri: string, answer: Record<string, string | null>): string {
  const pairs = Object.entries(answer).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value).replaceAll('%3D', '=')}`],
  )
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${pairs.join('&')}`
}

function outOfDate(): Response {
  const sentence = 'This page was used already or is too old. Go back to the application and start again.'
  return noticePage('Start again', sentence, 400)
}
