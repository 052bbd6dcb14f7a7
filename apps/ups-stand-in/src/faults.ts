import type { Endpoint } from './ledger.js'
import { upsError } from './refusals.js'

export const FAULT_KINDS = [
  'status',
  'delay',
  'hang-before',
  'hang-after',
  'reset-before',
  'reset-after',
  'html',
  'partial',
] as const

export interface Fault {
  endpoint: Endpoint
  kind: (typeof FAULT_KINDS)[number]
  status?: number
  headers?: Record<string, string>
  body?: string
  /** Of a delay: how long. */
  ms?: number
  /** How many requests meet it; 1 if left out. */
  times?: number
}

/** The connection broke before there was an answer, as `fetch` reports it: a TypeError with the cause. */
export function connectionReset(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  return new TypeError('fetch failed', { cause })
}

/** Whether it is a connection that was broken on purpose, before the answer or in the middle of it. */
export function isBrokenConnection(error: unknown): boolean {
  return error instanceof TypeError && (error.cause as { code?: unknown } | undefined)?.code === 'ECONNRESET'
}

/** What goes wrong with the next answers, in the order in which it was asked for. */
export class Faults {
  #queue: { fault: Fault; left: number }[] = []
  readonly #held = new Set<() => void>()

  add(fault: Fault): void {
    this.#queue.push({ fault, left: fault.times ?? 1 })
  }

  take(endpoint: Endpoint): Fault | null {
    const entry = this.#queue.find((waiting) => waiting.fault.endpoint === endpoint)
    if (!entry) return null
    entry.left -= 1
    if (entry.left <= 0) this.#queue = this.#queue.filter((waiting) => waiting !== entry)
    return entry.fault
  }

  pending(): Fault[] {
    return this.#queue.map(({ fault, left }) => ({ ...fault, times: left }))
  }

  /** Also lets go of what is held: a delay is over, a connection that hangs is reset. */
  clear(): void {
    this.#queue = []
    for (const letGo of this.#held) letGo()
    this.#held.clear()
  }

  /** Goes through with one request, spoiling it as the fault says. */
  async spoil(fault: Fault, act: () => Response, notHandled: () => void): Promise<Response> {
    switch (fault.kind) {
      case 'delay':
        await this.#pause(fault.ms ?? 1000)
        return act()
      case 'hang-after':
        act()
        return this.#hang()
      case 'reset-after':
        act()
        throw connectionReset()
      case 'partial':
        return brokenOff(act())
      case 'hang-before':
        notHandled()
        return this.#hang()
      case 'reset-before':
        notHandled()
        throw connectionReset()
      case 'status':
      case 'html':
        notHandled()
        return madeUp(fault)
    }
  }

  #hang(): Promise<never> {
    return new Promise((_resolve, reject) => this.#held.add(() => reject(connectionReset())))
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        clearTimeout(timer)
        this.#held.delete(goOn)
        resolve()
      }
      const timer = setTimeout(goOn, ms)
      this.#held.add(goOn)
    })
  }
}

const MAINTENANCE = '<!doctype html><html lang="en"><title>Down</title><p>Down for maintenance.</p></html>'

function madeUp({ kind, status, headers, body }: Fault): Response {
  const isHtml = kind === 'html'
  const code = status ?? (isHtml ? 200 : 500)
  const base = isHtml
    ? new Response(MAINTENANCE, { status: code, headers: { 'content-type': 'text/html; charset=utf-8' } })
    : usualError(code)
  const allHeaders = new Headers(base.headers)
  for (const [name, value] of Object.entries(headers ?? {})) allHeaders.set(name, value)
  const isBodiless = code === 204 || code === 205 || code === 304
  return new Response(isBodiless ? null : (body ?? base.body), { status: code, headers: allHeaders })
}

/** UPS: a 429 says nothing of when to come back. */
function usualError(status: number): Response {
  if (status === 204 || status === 205 || status === 304) return new Response(null, { status })
  const message =
    status === 429 ? 'Too Many Requests' : status === 403 ? 'Blocked Merchant' : 'Service Unavailable'
  return upsError(status, `10${status}`, message)
}

/** Promises the whole body, sends half of it, and breaks. */
async function brokenOff(whole: Response): Promise<Response> {
  const bytes = new Uint8Array(await whole.arrayBuffer())
  const headers = new Headers(whole.headers)
  headers.set('content-length', String(bytes.length))
  let sent = false
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) return controller.error(new TypeError('terminated', { cause: connectionReset().cause }))
      sent = true
      controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)))
    },
  })
  return new Response(body, { status: whole.status, headers })
}
