const BODY_LIMIT = 64 * 1024

/** RFC 6749 3.1 and 3.2: a parameter must not come more than once. */
export function hasRepeated(parameters: URLSearchParams): boolean {
  return new Set(parameters.keys()).size !== [...parameters.keys()].length
}

/** RFC 6749 3.1: a parameter without a value counts as left out. */
export function valueOf(parameters: URLSearchParams, name: string): string | null {
  return parameters.get(name) || null
}

/** The fields of a posted form, or null when it is not one. */
export async function formOf(request: Request): Promise<URLSearchParams | null> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (request.method !== 'POST' || type !== 'application/x-www-form-urlencoded') return null
  const body = await request.text()
  return body.length > BODY_LIMIT ? null : new URLSearchParams(body)
}
