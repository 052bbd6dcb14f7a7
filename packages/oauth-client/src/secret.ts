// Registered globally by Node, so that this file needs no import of it.
const inspect = Symbol.for('nodejs.util.inspect.custom')

const shown = '[secret]'

/**
 * A token, code, verifier or client secret that does not show itself in a log, a template or JSON.
 *
 * @throws {TypeError} from {@link Secret.of}, when the value is no string or is empty.
 * @example
 * const secret = Secret.of('s3cr3t')
 * `${secret}` // '[secret]'
 * secret.reveal() // 's3cr3t'
 * @see https://www.rfc-editor.org/rfc/rfc6819#section-5.1.6 (access tokens must be kept confidential)
 */
export class Secret {
  readonly #value: string

  private constructor(value: string) {
    this.#value = value
  }

  static of(value: string): Secret {
    if (typeof value !== 'string' || value === '')
      throw new TypeError('A secret is a string that is not empty.')
    return new Secret(value)
  }

  /** The value itself; the only way to it, so that each use can be found by its name. */
  reveal(): string {
    return this.#value
  }

  toString(): '[secret]' {
    return shown
  }

  toJSON(): '[secret]' {
    return shown
  }

  [inspect](): '[secret]' {
    return shown
  }
}
