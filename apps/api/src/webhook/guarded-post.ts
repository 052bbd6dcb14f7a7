import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { PostFailure } from './delivery-terms.js'
import { addressOf, type Way } from './host-addresses.js'
import { addressIn, readTargetUrl } from './target-url.js'

export interface Post {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** Nothing else of an answer is ever seen. */
export type Posted = { statusCode: number; retryAfter: string | undefined } | { failure: PostFailure }

export interface PostLimits {
  connectMs: number
  totalMs: number
}

const usualLimits: PostLimits = { connectMs: 5_000, totalMs: 15_000 }
const mostOfABodyBytes = 4 * 1024
const mostOfHeadersBytes = 16 * 1024

/**
 * The only way in which the hub writes to an address that somebody else has chosen (S-112 to S-115, S-120). The name is
 * looked up here and the connection made to an address that was checked, so that no second look-up can lead elsewhere.
 * Redirects are answers like others; what a receiver sends is counted, thrown away and never unpacked.
 */
export async function guardedPost(way: Way, post: Post, limits: PostLimits = usualLimits): Promise<Posted> {
  const url = readTargetUrl(post.url, way)
  if (!url) return { failure: 'ADDRESS_NOT_PUBLIC' }
  const found = await inTime(addressOf(url, way), limits.connectMs)
  if (found === null) return { failure: 'TIMED_OUT' }
  return 'failure' in found ? found : send(url, found.address, { post, limits })
}

function send(
  url: URL,
  address: string,
  { post: { headers, body }, limits }: { post: Post; limits: PostLimits },
): Promise<Posted> {
  const isEncrypted = url.protocol === 'https:'
  const name = addressIn(url) === null ? url.hostname : null
  const request = (isEncrypted ? requestHttps : requestHttp)({
    method: 'POST',
    host: address,
    port: url.port || (isEncrypted ? 443 : 80),
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) },
    // A connection of its own: none is kept that a later look-up would not have led to.
    agent: false,
    maxHeaderSize: mostOfHeadersBytes,
    // The certificate must be of the name, although the connection is made to an address.
    ...(name !== null && { servername: name }),
  })
  return new Promise((resolve) => {
    let failure: PostFailure = 'CONNECTION_FAILED'
    let answer: Posted | null = null
    const giveUp = () => {
      failure = 'TIMED_OUT'
      request.destroy()
    }
    const connecting = setTimeout(giveUp, limits.connectMs)
    const total = setTimeout(giveUp, limits.totalMs)
    request.once('socket', (socket) =>
      socket.once(isEncrypted ? 'secureConnect' : 'connect', () => clearTimeout(connecting)),
    )
    request.once('response', (response) => {
      answer = { statusCode: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }
      throwAway(response, request)
    })
    // What went wrong is told by `close`, which comes after every error.
    request.on('error', () => undefined)
    request.once('close', () => {
      clearTimeout(connecting)
      clearTimeout(total)
      resolve(answer ?? { failure })
    })
    request.end(body)
  })
}

/** So much of a body is heard out, for receivers that would take a hang-up amiss. */
function throwAway(response: IncomingMessage, request: ClientRequest): void {
  let left = mostOfABodyBytes
  response.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left <= 0) request.destroy()
  })
  response.on('error', () => undefined)
  response.once('end', () => request.destroy())
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, ms, null)))
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
