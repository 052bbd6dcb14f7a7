import type { FastifyInstance } from 'fastify'
import type { LightMyRequestResponse } from 'fastify'
import { demoPassword } from '../demo.seed.js'

export interface GraphQLAnswer<T = Record<string, unknown>> {
  data: T | null
  errors?: {
    message: string
    path?: string[]
    extensions: { code: string; reason?: string; requestId: string }
  }[]
}

/** What a browser does, without pixels: keeps cookies, sends Origin, does not follow redirects. */
export class Browser {
  readonly cookies = new Map<string, string>()

  constructor(
    private readonly http: FastifyInstance,
    readonly publicUrl: string,
  ) {}

  async request(
    method: 'GET' | 'POST' | 'HEAD' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS',
    path: string,
    options: RequestOptions = {},
  ): Promise<LightMyRequestResponse> {
    const response = await this.http.inject({
      method,
      url: path,
      headers: { host: new URL(this.publicUrl).host, ...this.#cookieHeader(), ...options.headers },
      ...(options.body !== undefined && { payload: options.body }),
    })
    for (const { name, value } of response.cookies) {
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }

  async query<T = Record<string, unknown>>(query: string, variables: object = {}): Promise<GraphQLAnswer<T>> {
    const response = await this.post(JSON.stringify({ query, variables }))
    return response.json<GraphQLAnswer<T>>()
  }

  /** To /graphql, as our pages do it; `headers` come on top. */
  post(body: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.request('POST', '/graphql', { headers: { ...this.graphqlHeaders(), ...headers }, body })
  }

  graphqlHeaders(): Record<string, string> {
    return {
      'content-type': 'application/json',
      origin: this.publicUrl,
      'apollo-require-preflight': 'true',
    }
  }

  /** The data, where an error would be a surprise. */
  async data<T = Record<string, unknown>>(query: string, variables: object = {}): Promise<T> {
    const { data, errors } = await this.query<T>(query, variables)
    if (errors || !data) throw new Error(JSON.stringify(errors))
    return data
  }

  async signIn(signInName: string, password = demoPassword): Promise<void> {
    await this.data('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', {
      input: { signInName, password },
    })
  }

  /** Where a callback address leads. */
  async arriveAt(address: string): Promise<string> {
    const { pathname, search } = new URL(address)
    const response = await this.request('GET', `${pathname}${search}`)
    return response.headers.location ?? `status ${response.statusCode}`
  }

  #cookieHeader(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return cookie ? { cookie } : {}
  }
}

interface RequestOptions {
  headers?: Record<string, string>
  body?: string | Buffer
}
