const here = 'http://hub.invalid'

/**
 * Where to go after sign-in: only a path of this application, whatever the address bar says; else `/`.
 * RFC 9700 section 4.11: no open redirector.
 */
export function safeReturnPath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.length > 2000) return '/'
  const url = URL.canParse(value, here) ? new URL(value, here) : null
  if (url?.origin !== here || url.pathname.startsWith('//') || url.pathname === '/sign-in') return '/'
  return url.pathname + url.search
}
