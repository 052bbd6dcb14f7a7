import { signInAndAgree } from '@optin-hub/ups-stand-in'
import type { ApplicationId } from '../src/application/applications.js'
import { returnPages, type ReturnTo } from '../src/authorization/return-to.js'
import { demoPassword } from '../src/demo.seed.js'
import type { Answer, Asked } from './hub.js'

interface Standing {
  companyId: string
  application: ApplicationId
}

interface Fetches {
  fetch(request: Request): Promise<Response>
}

/** What an admin's browser does, sent to whichever process is asked. */
export class Person {
  readonly #cookies = new Map<string, string>()

  constructor(
    private readonly publicUrl: string,
    private readonly signInName = 'acme.admin',
  ) {}

  tell<T>(ask: (asked: Asked) => Promise<Answer>, query: string, input: object): Promise<T> {
    return this.query(ask, query, { input })
  }

  /** The data; whatever else came is thrown. */
  async query<T>(ask: (asked: Asked) => Promise<Answer>, query: string, variables: object): Promise<T> {
    const answer = await this.#send(ask, {
      method: 'POST',
      path: '/graphql',
      headers: {
        'content-type': 'application/json',
        'apollo-require-preflight': 'true',
        origin: this.publicUrl,
      },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = JSON.parse(answer.body) as { data: T | null; errors?: { extensions: object }[] }
    if (errors || !data) throw new Error(`the hub refuses: ${JSON.stringify(errors)}`)
    return data
  }

  async signIn(ask: (asked: Asked) => Promise<Answer>): Promise<void> {
    await this.tell(ask, 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }', {
      signInName: this.signInName,
      password: demoPassword,
    })
  }

  /** True where the hub has said that it worked. */
  async optIn(ask: (asked: Asked) => Promise<Answer>, standing: Standing, ups: Fetches): Promise<boolean> {
    const { beginOptIn } = await this.tell<{ beginOptIn: { authorizationUrl: string } }>(
      ask,
      'mutation ($input: BeginOptInInput!) { beginOptIn(input: $input) { authorizationUrl } }',
      { ...standing, returnTo: pageOf(standing.application) },
    )
    const profile = { username: 'acme', password: 'ups-demo' }
    const callback = await signInAndAgree(ups, beginOptIn.authorizationUrl, profile)
    const answer = await this.#send(ask, { path: `${callback.pathname}${callback.search}` })
    const optInId = new URL(String(answer.headers.location), this.publicUrl).searchParams.get('opt-in')
    if (answer.status !== 303 || optInId === null) return false
    const body = { query: `{ optIn(id: "${optInId}") { outcome } }` }
    const asked = await this.#send(ask, {
      method: 'POST',
      path: '/graphql',
      headers: {
        'content-type': 'application/json',
        'apollo-require-preflight': 'true',
        origin: this.publicUrl,
      },
      body: JSON.stringify(body),
    })
    return asked.body.includes('"AUTHORIZED"')
  }

  /** Returns once the hub has said that it is done. */
  async optOut(ask: (asked: Asked) => Promise<Answer>, standing: Standing): Promise<void> {
    await this.tell(ask, 'mutation ($input: OptOutInput!) { optOut(input: $input) { id } }', standing)
  }

  async #send(ask: (asked: Asked) => Promise<Answer>, asked: Asked): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await ask({ ...asked, headers: { ...asked.headers, ...(cookie && { cookie }) } })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      this.#cookies.set(name, value)
    }
    return answer
  }
}

function pageOf(application: ApplicationId): ReturnTo {
  const pages = Object.entries(returnPages) as [ReturnTo, { applicationId: ApplicationId }][]
  return pages.find(([, { applicationId }]) => applicationId === application)?.[0] ?? 'RATING_COMPANY_MANAGER'
}
