import { networkFailure, OAuthError, type NetworkFailure, type OAuthErrorCode } from './errors.js'

const maxAnswerBytes = 64 * 1024
const maxRetryAfterMs = 24 * 60 * 60 * 1000

export interface GuardOptions {
  /** Called with one `Request`. */
  fetch: typeof fetch
  clock: () => Date
  /** From the call to the last byte of the answer. */
  timeoutMs: number
}

/** Takes the two arguments oauth4webapi gives its `customFetch`. */
export type GuardedFetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * A `fetch` for token endpoints: no redirect, one deadline, 64 KiB, JSON, and every failure an OAuthError.
 *
 * The Response it returns is complete in memory, and is 200 or a readable refusal.
 */
export function guardFetch(options: GuardOptions): GuardedFetch {
  return async (url, init) => {
    const deadline = startDeadline(options.timeoutMs)
    try {
      const asked = new Request(url, guarded(init, deadline.signal))
      const response = await Promise.race([send(options.fetch, asked), deadline.passed])
      refuseUnusable(response)
      const text = await Promise.race([readText(response), deadline.passed]).catch((error: unknown) => {
        // An error answer that cannot be read is still an answer.
        if (!response.ok) throw refusalByStatus(response, options.clock)
        throw error instanceof OAuthError ? error : new OAuthError('TOKEN_ANSWER_INVALID', { cause: error })
      })
      return new Response(text, { status: response.status, headers: response.headers })
    } finally {
      deadline.stop()
    }
  }
}

function guarded(init: RequestInit, signal: AbortSignal): RequestInit {
  const headers = new Headers(init.headers)
  // A kept-alive connection that the server closes as we write looks like a lost answer, and with rotation
  // a lost answer may cost the grant. One handshake an hour is cheaper.
  headers.set('connection', 'close')
  return { ...init, headers, redirect: 'manual', signal }
}

async function send(fetch: GuardOptions['fetch'], input: Request): Promise<Response> {
  try {
    return await fetch(input)
  } catch (error) {
    throw new OAuthError(neverSent(networkFailure(error)) ? 'CONNECTION_FAILED' : 'CONNECTION_LOST', {
      cause: error,
    })
  }
}

// The name was not resolved, the connection not accepted, or the certificate refused: no byte of HTTP has left.
// Any other code can also arise after the request was written, and then counts as sent.
const beforeSending = new Set([
  'ECONNREFUSED', // without a syscall, where several addresses were tried
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
])

function neverSent({ code, syscall }: NetworkFailure): boolean {
  if (code === undefined) return false
  return syscall === 'connect' || beforeSending.has(code) || /^(CERT_|UNABLE_TO_|CRL_)/.test(code)
}

function refuseUnusable(response: Response): void {
  const { status } = response
  // A browser hides a manual redirect behind status 0; a careless custom fetch has already followed it.
  const redirects =
    (status >= 300 && status < 400) || response.redirected || response.type === 'opaqueredirect'
  if (!redirects && (!response.ok || status === 200)) return
  discard(response)
  // RFC 6749 section 5.1: success is 200. Another 2xx may have acted, and holds no token answer.
  throw new OAuthError(redirects ? 'REDIRECT_REFUSED' : 'TOKEN_ANSWER_INVALID', { status })
}

async function readText(response: Response): Promise<string> {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    discard(response)
    throw new OAuthError('ANSWER_UNREADABLE', { status: response.status })
  }
  const bytes = await readBytes(response)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new OAuthError('TOKEN_ANSWER_INVALID', { status: response.status, detail: 'not UTF-8' })
  }
}

async function readBytes(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new OAuthError('CONNECTION_LOST', { status: response.status, cause: error })
    })
    if (done) break
    size += value.byteLength
    if (size > maxAnswerBytes) {
      reader.cancel().catch(() => undefined)
      throw new OAuthError('TOKEN_ANSWER_INVALID', { status: response.status, detail: 'over 64 KiB' })
    }
    chunks.push(value)
  }
  return joined(chunks, size)
}

function joined(chunks: Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

/**
 * What an error answer means when its body says nothing: by its status alone it never ends a grant.
 */
export function refusalByStatus(response: Response, clock: () => Date): OAuthError {
  const { status } = response
  return new OAuthError(codeOfStatus(status), { status, retryAfterMs: retryAfterMs(response, clock) })
}

function codeOfStatus(status: number): OAuthErrorCode {
  if (status === 401) return 'CLIENT_REFUSED'
  if (status === 403) return 'CLIENT_BLOCKED'
  if (status === 429) return 'RATE_LIMITED'
  // Said by what stands before the server, which had the request in its hands (RFC 9110 section 15.6.3, 15.6.5).
  if (status === 502 || status === 504) return 'GATEWAY_FAILED'
  if (status >= 500 || status === 408 || status === 425) return 'SERVER_UNAVAILABLE'
  return 'ANSWER_UNREADABLE'
}

// RFC 9110 section 10.2.3: seconds or an HTTP date.
function retryAfterMs(response: Response, clock: () => Date): number | undefined {
  const value = response.headers.get('retry-after')?.trim()
  if (!value) return undefined
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock().getTime()
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), maxRetryAfterMs)
}

interface Deadline {
  signal: AbortSignal
  passed: Promise<never>
  stop(): void
}

// Raced beside the signal, because a custom fetch may not listen to it.
function startDeadline(timeoutMs: number): Deadline {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const passed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new OAuthError('TIMED_OUT'))
      abort.abort()
    }, timeoutMs)
  })
  passed.catch(() => undefined)
  return { signal: abort.signal, passed, stop: () => clearTimeout(timer) }
}

function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined)
}
