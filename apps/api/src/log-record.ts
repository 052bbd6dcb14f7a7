import { redact } from './log-redaction.js'

/** Longer lines are cut by log collectors at places that nobody chose. Counted with the line feed. */
const longestLine = 8 * 1024

/** The only fields that a line can have. A new one is added here, after asking what it may contain. */
const allowed = new Set(
  [
    'level time msg cut dropped err req res requestId reqId responseTime event job operation operationType',
    'method route status ms directive code reason failure upsCode setting userId companyId application',
    'authorizationId generation attempt attemptId count at since until durationMs retryAfterMs nextAttemptAt',
    'expiresAt environment database migration keyId letterId table column rowId url host port pid signal',
    'position fault head',
  ].flatMap((names) => names.split(' ')),
)

/** Ours are UPPER_SNAKE, those of Node and databases look alike; an authorization code does not. */
const errorCode = /^[A-Z0-9_]{1,64}$/

/** Redacted; an object only where a serializer of this file made it. */
type Shaped = string | number | boolean | null | Shaped[] | { [name: string]: Shaped }

/**
 * The last thing that happens to a record, on the very text that pino wrote: here nothing can be missed, neither
 * fields of a child logger nor what a serializer answered. One record stays one line, of at most 8 KiB.
 */
export function finishLine(line: string): string {
  const record = redactRecord(keepAllowed(JSON.parse(line) as Record<string, unknown>))
  for (const limit of [4096, 1024, 256, 64]) {
    const cut = cutTexts(record, limit) as Record<string, Shaped>
    const finished = `${escapeInvisible(JSON.stringify(limit < 4096 ? { ...cut, cut: true } : cut))}\n`
    if (Buffer.byteLength(finished) <= longestLine) return finished
  }
  const { level, time } = cutTexts(record, 64) as Record<string, Shaped>
  return `${JSON.stringify({ level, time, msg: 'a record with too many parts', cut: true })}\n`
}

/** Names what it leaves out, so that nobody looks for it in vain. */
function keepAllowed(written: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(written)
  const record = Object.fromEntries(entries.filter(([name]) => allowed.has(name)))
  if ('code' in record && !errorCode.test(String(record.code))) record.code = '[redacted]'
  const others = entries.map(([name]) => name).filter((name) => !allowed.has(name))
  return others.length > 0 ? { ...record, dropped: others.slice(0, 10) } : record
}

/** The parts of `err`, `req` and `res`, as the serializers below make them. No other field has parts. */
const composed = new Set(['err', 'req', 'res'])
const parts = new Set(
  'name message stack causes code reason failure status upsCode method path address statusCode'.split(' '),
)

function redactRecord(record: Record<string, unknown>): Record<string, Shaped> {
  const redactField = (name: string, value: unknown): Shaped =>
    typeof value !== 'object' || value === null || Array.isArray(value) || composed.has(name)
      ? redactValue(value)
      : '[object]'
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, redactField(name, value)]))
}

function redactValue(value: unknown): Shaped {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.slice(0, 50).map(redactValue)
  if (typeof value !== 'object' || value === null) return value as number | boolean | null
  const known = Object.entries(value).filter(([name]) => parts.has(name))
  return Object.fromEntries(known.map(([name, part]) => [name, redactValue(part)]))
}

/** After the redaction, which would not recognise half a token. */
function cutTexts(value: Shaped, limit: number): Shaped {
  if (typeof value === 'string') return value.length > limit ? `${value.slice(0, limit)}…` : value
  if (Array.isArray(value)) return value.map((part) => cutTexts(part, limit))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cutTexts(part, limit)]))
}

/** JSON leaves these as they are, but viewers and terminals act on them: C1 controls, line separators, direction marks. */
function escapeInvisible(json: string): string {
  const invisible = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g
  return json.replace(invisible, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

export const serializers = { err: describeError, req: describeRequest, res: describeResponse }

interface ErrorRecord {
  name: string
  code?: unknown
  reason?: unknown
  failure?: unknown
  status?: unknown
  upsCode?: unknown
  message?: string
  stack?: string
  causes?: object[]
}

/** A cause is named and located but not quoted: its message may be the body of an answer, or SQL with its values. */
function describeError(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { name: `not an error: ${typeof error}` }
  const causes: object[] = []
  for (let cause = error.cause; cause !== undefined && causes.length < 5;) {
    causes.push(
      cause instanceof Error ? { ...facts(cause), stack: frames(cause, 3) } : { name: typeof cause },
    )
    cause = cause instanceof Error ? cause.cause : undefined
  }
  return {
    ...facts(error),
    message: error.message,
    stack: frames(error, 20),
    ...(causes.length > 0 && { causes }),
  }
}

function facts(error: Error): ErrorRecord {
  const { code, reason, failure, status, upsCode } = error as Error & Partial<ErrorRecord>
  const named = { code: errorCode.test(String(code)) ? code : undefined, reason, failure, status, upsCode }
  const isFact = (fact: unknown): boolean =>
    typeof fact === 'number' || (typeof fact === 'string' && /^[\w-]{1,64}$/.test(fact))
  return { name: error.name, ...Object.fromEntries(Object.entries(named).filter(([, fact]) => isFact(fact))) }
}

/** Without the first lines, which repeat the message. */
function frames(error: Error, most: number): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return lines.slice(0, most).join('\n')
}

/** The path without its query: that of the callback holds the code and the state. */
function describeRequest(request: { method?: string; url?: string; ip?: string } | null): object {
  return { method: request?.method, path: request?.url?.split(/[?#]/)[0], address: request?.ip }
}

function describeResponse(response: { statusCode?: number } | null): object {
  return { statusCode: response?.statusCode }
}
