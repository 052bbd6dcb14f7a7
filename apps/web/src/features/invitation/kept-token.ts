const key = 'optin-hub-invitation'

/**
 * The token stands behind the # of the letter's link, where no server sees it. It is taken out of the address at once,
 * and kept for this tab alone, so that it is still there after sign-in.
 */
export function takeToken(hash: string): string | null {
  const [, fresh] = /^#([\w-]{43})$/.exec(hash) ?? []
  if (fresh) sessionStorage.setItem(key, fresh)
  return fresh ?? sessionStorage.getItem(key)
}

export function forgetToken(): void {
  sessionStorage.removeItem(key)
}
