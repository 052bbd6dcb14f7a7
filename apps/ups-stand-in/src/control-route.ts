import type { Control } from './control.js'
import { ControlError } from './control-input.js'

const VERBS = ['reset', 'rotation', 'lifetimes', 'password', 'clock', 'quirks', 'faults'] as const

/** The controls over HTTP, for those who cannot call them as functions. */
export async function controlRoute(request: Request, control: Control): Promise<Response> {
  const url = new URL(request.url)
  const refusal = whyNotControlled(request, url)
  if (refusal !== null) return answer(403, { error: refusal })
  const verb = url.pathname.slice('/control/'.length)
  try {
    if (verb === 'ledger' && request.method === 'GET') {
      const after = Number(url.searchParams.get('after') ?? 0)
      return answer(200, control.ledger({ after: Number.isFinite(after) ? after : 0 }))
    }
    if (verb === 'faults' && request.method === 'DELETE') return answer(200, control.clearFaults())
    const known = VERBS.find((name) => name === verb)
    if (!known || request.method !== 'POST') return answer(404, { error: 'There is no such control.' })
    // The verbs check their input themselves, so what came in as JSON may be handed over as it is.
    const run = control[known] as (input: unknown) => unknown
    return answer(200, run(await jsonOf(request)))
  } catch (error) {
    if (error instanceof ControlError) return answer(400, { error: error.message })
    throw error
  }
}

/** A page in the browser of the same machine must not drive the stand-in, nor one that rebinds its own name to it. */
function whyNotControlled(request: Request, url: URL): string | null {
  if (!isLoopback(url.hostname)) return 'The controls answer on loopback only.'
  const site = request.headers.get('sec-fetch-site')
  const isFromPage = request.headers.has('origin') || (site !== null && site !== 'none')
  return isFromPage ? 'The controls are not for web pages.' : null
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

async function jsonOf(request: Request): Promise<unknown> {
  const body = await request.text()
  if (body.trim() === '') return {}
  try {
    return JSON.parse(body)
  } catch {
    throw new ControlError('The body is not JSON.')
  }
}

function answer(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
