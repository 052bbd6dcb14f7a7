const removed = '[redacted]'

/** In a URL or a form; `code` and `state` only here, because "code: CONFLICT" is what one wants to read in a log. */
const inQuery =
  /((?:token|secret|password|verifier|session|api[-_]?key|(?:\b|%[0-9a-f]{2})(?:code|state))(?:=|%3D))[^\s&"'#;,)}\\<>]+/gi

/** In JSON or in words. */
const named = '(?:token|secret|password|verifier|session|cookie|authorization|api[-_]?key)'
const quotedPair = new RegExp(`(${named}\\\\{0,3}["']?\\s{0,3}[:=]\\s{0,3}\\\\{0,3}(["']))[^"']+`, 'gi')
const barePair = new RegExp(
  `(${named}\\\\{0,3}["']?\\s{0,3}[:=]\\s{0,3})(?!\\[redacted\\])[^\\s"'&;,)}\\\\]+`,
  'gi',
)

const credentials = /\b(Basic|Bearer)\s{1,3}(?!authentication\b)[\w+/=.~%-]{6,}/gi

/** What graphql-js and V8 quote from the input they refuse, which may be a password. */
const quotedInput = /(got invalid value|cannot represent[^:]{0,80}:|, found) [^]*/
const quotedJson = /, (?:\.\.\.)?"[^]{0,80}?"(?:\.\.\.)? is not valid JSON/

/** Most fields of most lines; nothing below finds anything in such a word. */
const plainWord = /^[\w./-]{0,19}$/

const opaqueRun = /[\w+/=.~-]{20,}/g
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Takes out of a text what looks like a credential, whatever field it came in. It rather takes too much: an
 * identifier missing from a log is an inconvenience, a token in it is a breach.
 */
export function redact(text: string): string {
  if (plainWord.test(text)) return text
  return beginningOf(text)
    .replace(quotedInput, `$1 ${removed}`)
    .replace(quotedJson, ' in what is not valid JSON')
    .replace(credentials, `$1 ${removed}`)
    .replace(inQuery, `$1${removed}`)
    .replace(quotedPair, `$1${removed}`)
    .replace(barePair, `$1${removed}`)
    .replace(opaqueRun, (run) => (run.split(/[/.]/).some(isOpaque) ? removed : run))
}

/** Tokens, codes, keys and sealed values; not words, paths, constants or the public ids of rows. */
function isOpaque(text: string): boolean {
  if (text.length < 20 || uuid.test(text)) return false
  const has = { lower: /[a-z]/.test(text), upper: /[A-Z]/.test(text), digit: /\d/.test(text) }
  if (has.lower && has.upper && has.digit) return true
  if (text.length >= 32 && has.digit && (has.lower || has.upper)) return true
  return text.length >= 40 && has.lower && has.upper
}

/** What nobody will read is not searched either. Cut between words, so that no rest of a token escapes its pattern. */
function beginningOf(text: string): string {
  const longest = 64 * 1024
  return text.length > longest ? `${text.slice(0, text.lastIndexOf(' ', longest) + 1)}…` : text
}
