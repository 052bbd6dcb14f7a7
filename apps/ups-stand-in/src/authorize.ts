import { readAuthorizationRequest } from './authorization-request.js'
import { refused, type Finding } from './finding.js'
import type { Parts } from './parts.js'
import { errorOf, refusal, type RefusalName } from './refusals.js'

export const LOGIN_PATH = '/lasso/signin'

/** UPS: GET /security/v1/oauth/authorize answers 302 to a login page with the same query, or JSON. */
export function authorize(request: Request, parts: Parts): Finding {
  if (request.method !== 'GET') return refused('method-refused')
  const parameters = new URL(request.url).searchParams
  const read = readAuthorizationRequest(parameters, parts)
  if (typeof read === 'string') return stranded(read)
  const headers = {
    location: loginUrl(parameters, parts).href,
    appname: headerText(read.application.name),
    displayname: headerText(read.application.name),
  }
  const response = new Response(null, { status: 302, headers })
  return { outcome: 'sent-to-login', acted: false, grantId: null, generation: null, response }
}

/**
 * UPS: no redirect back with `error=`: the browser shows the JSON, and the person is stranded there. One of UPS's
 * samples also reads the error from these two headers.
 */
function stranded(name: RefusalName): Finding {
  const response = refusal(name)
  const { code, message } = errorOf(name)
  response.headers.set('errorcode', code)
  response.headers.set('errordescription', message)
  return refused(name, { response })
}

function loginUrl(parameters: URLSearchParams, parts: Parts): URL {
  const url = new URL(LOGIN_PATH, parts.publicUrl)
  const carried = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'code_challenge']
  for (const name of carried) {
    const value = parameters.get(name)
    if (value !== null) url.searchParams.set(name, value)
  }
  if (!url.searchParams.has('scope')) url.searchParams.set('scope', 'read')
  url.searchParams.set('type', 'ups_com_api')
  return url
}

/** Header values are Latin-1. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
}
