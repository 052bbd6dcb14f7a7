import { NoDatabaseError } from '../db/data-source.js'
import { SealedError, WrongEnvironmentError } from '../installation.js'
import { redact } from '../log-redaction.js'
import { ConfigError } from '../settings-reader.js'
import { CliError } from './terminal.js'

const forPeople = [CliError, ConfigError, NoDatabaseError, SealedError, WrongEnvironmentError]

/** What an operator reads instead of a stack. */
export function plainSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (forPeople.some((kind) => error instanceof kind)) return message
  // A driver may quote what it was given.
  const code = (error as { code?: unknown }).code
  return redact(`It did not work: ${message || String(code)}`)
}
