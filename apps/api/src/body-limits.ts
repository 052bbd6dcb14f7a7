import { defineErrors } from './errors.js'

const deepest = 32

const bodyErrors = defineErrors({
  TEXT_NOT_VALID: { code: 'BAD_USER_INPUT', message: 'A text must not contain the character NUL.' },
  VALUES_TOO_DEEP: {
    code: 'BAD_USER_INPUT',
    message: `Values may lie ${deepest} deep in each other.`,
  },
})

/** As a document may write it. */
const writtenNul = /\\u(0{4}|\{0+\})/

/**
 * What one of our databases, or a function that calls itself for each level, cannot bear. PostgreSQL cannot hold NUL and
 * SQLite can: refused at the door, they agree (S-134).
 */
export function refuseUnreadable(body: unknown): void {
  const { query } = (body ?? {}) as { query?: unknown }
  if (typeof query === 'string' && writtenNul.test(query)) throw bodyErrors.TEXT_NOT_VALID()
  let level = [body]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) throw bodyErrors.VALUES_TOO_DEEP()
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string' && value.includes('\0')) throw bodyErrors.TEXT_NOT_VALID()
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) next.push(key, inner)
    }
    level = next
  }
}
