import { isSame } from './secret-values.js'

/** One application as it would be registered in UPS's developer portal. */
export interface StandInApplication {
  id: string
  name: string
  clientId: string
  /** Several while a secret is being rotated: each is good. */
  clientSecret: string | string[]
  redirectUri: string
}

export class Applications {
  readonly #byClientId: ReadonlyMap<string, StandInApplication>

  constructor(readonly all: readonly StandInApplication[]) {
    this.#byClientId = new Map(all.map((application) => [application.clientId, application]))
  }

  find(clientId: string | null): StandInApplication | null {
    return clientId === null ? null : (this.#byClientId.get(clientId) ?? null)
  }

  withSecret(clientId: string, secret: string): StandInApplication | null {
    const application = this.find(clientId)
    if (!application) return null
    const secrets = [application.clientSecret].flat()
    return secrets.some((known) => isSame(known, secret)) ? application : null
  }
}
