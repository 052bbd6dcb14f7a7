import { OAuthError } from './errors.js'
import type { Secret } from './secret.js'

/** The secrets of one client, while one replaces the other: the one UPS last accepted goes first. */
export class ClientSecrets {
  readonly #secrets: readonly Secret[]
  #current: Secret

  constructor(secrets: readonly Secret[]) {
    this.#secrets = secrets
    this.#current = secrets[0] as Secret
  }

  /** One request; a refused secret leaves its place to the next one, for the next request. */
  async once<T>(request: (secret: Secret) => Promise<T>): Promise<T> {
    const secret = this.#current
    try {
      return await request(secret)
    } catch (error) {
      if (isClientRefused(error) && this.#current === secret) this.#current = this.#after(secret)
      throw error
    }
  }

  /** A request per secret, for as long as the client is refused: then nothing else has been looked at. */
  async each<T>(request: (secret: Secret) => Promise<T>): Promise<T> {
    const first = this.#current
    let refusal = new OAuthError('CLIENT_REFUSED')
    for (const secret of [first, ...this.#secrets.filter((other) => other !== first)]) {
      try {
        const answer = await request(secret)
        this.#current = secret
        return answer
      } catch (error) {
        // Who is told about the token has been accepted as a client.
        if (error instanceof OAuthError && error.failure === 'grant') this.#current = secret
        if (!isClientRefused(error)) throw error
        refusal = error
      }
    }
    throw refusal
  }

  #after(secret: Secret): Secret {
    const next = (this.#secrets.indexOf(secret) + 1) % this.#secrets.length
    return this.#secrets[next] as Secret
  }
}

// By 401 UPS has refused the client before it looked at anything else; a 400 that names the client has looked.
function isClientRefused(error: unknown): error is OAuthError {
  return error instanceof OAuthError && error.code === 'CLIENT_REFUSED' && error.status === 401
}
