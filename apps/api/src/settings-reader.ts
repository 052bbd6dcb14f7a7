import { isIP } from 'node:net'

export type Environment = Readonly<Record<string, string | undefined>>

interface SettingFault {
  readonly setting: string
  readonly expected: string
}

/** Every fault at once, by name and expectation. Values are never repeated: any of them may be a misplaced secret. */
export class ConfigError extends Error {
  readonly faults: readonly SettingFault[]

  constructor(faults: readonly SettingFault[]) {
    const lines = faults.map(({ setting, expected }) => `  ${setting}: ${expected}`)
    super(['The settings cannot be used:', ...lines].join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/** Reads one setting after the other and goes on after a fault, with the fallback in the place of what was wrong. */
export class SettingsReader {
  readonly faults: SettingFault[] = []
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  fault(setting: string, expected: string): void {
    this.faults.push({ setting, expected })
  }

  /** Empty is unset: that is what `NAME=` in a compose file means. */
  text(setting: string): string | null {
    return this.#environment[setting]?.trim() || null
  }

  list(setting: string): string[] | null {
    return (
      this.text(setting)
        ?.split(',')
        .map((entry) => entry.trim()) ?? null
    )
  }

  oneOf<const T extends string>(setting: string, allowed: readonly T[], fallback: NoInfer<T>): T {
    const text = this.text(setting)
    const found = allowed.find((value) => value === text)
    if (text !== null && found === undefined) this.fault(setting, `expected one of ${allowed.join(', ')}`)
    return found ?? fallback
  }

  port(setting: string, { fallback, lowest }: { fallback: number; lowest: 0 | 1 }): number {
    const text = this.text(setting)
    if (text === null) return fallback
    const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
    if (port >= lowest && port <= 65_535) return port
    this.fault(setting, `expected a port from ${lowest} to 65535`)
    return fallback
  }

  /** One or more. */
  count(setting: string, fallback: number): number {
    const text = this.text(setting)
    if (text === null) return fallback
    const count = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0
    if (count === 0) this.fault(setting, 'expected a whole number from 1 to 999999999')
    return count || fallback
  }

  host(setting: string, fallback: string): string {
    const text = this.text(setting) ?? fallback
    if (isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)) return text
    this.fault(setting, 'expected an IP address or a host name to listen on, such as 127.0.0.1')
    return fallback
  }

  origin(setting: string, fallback: string): URL {
    const text = this.text(setting)
    const url = text !== null && URL.canParse(text) ? new URL(text) : null
    const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
    if (isOrigin) return url
    if (text !== null)
      this.fault(setting, 'expected an origin such as https://hub.example.com, without path, query or user')
    return new URL(fallback)
  }
}

/** After the URL parser, which has already written 127.1 or 0x7f000001 as 127.0.0.1. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname)
}
