import { Secret } from '@optin-hub/oauth-client'
import type { SettingsReader } from './settings-reader.js'

/** The rehearsal's passwords are in the README: whoever reaches it is its solution admin. */
export function readHost(reader: SettingsReader, environment: string): string {
  const host = reader.host('HOST', '127.0.0.1')
  const isMeant = reader.oneOf('STAND_IN_EXPOSED', ['no', 'yes'], 'no') === 'yes'
  const isHere = host.toLowerCase() === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
  if (environment === 'stand-in' && !isHere && !isMeant)
    reader.fault(
      'HOST',
      'expected a loopback address, since anybody could sign in with the passwords of the demo; in a container set STAND_IN_EXPOSED=yes and publish its port on loopback only',
    )
  if (environment !== 'stand-in' && isMeant)
    reader.fault('STAND_IN_EXPOSED', `expected to be left out, since UPS_ENVIRONMENT is ${environment}`)
  return host
}

/** Long enough that nobody guesses it: tries are not counted. */
export function readMetricsToken(reader: SettingsReader): Secret | null {
  const token = reader.text('METRICS_TOKEN')
  if (token !== null && !/^[!-~]{24,200}$/.test(token))
    reader.fault('METRICS_TOKEN', 'expected 24 to 200 characters of ASCII without blanks')
  return token === null ? null : Secret.of(token)
}
