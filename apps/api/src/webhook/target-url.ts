import { isIP } from 'node:net'
import { isLoopbackAddress, isPublicAddress } from './special-addresses.js'

export interface Reach {
  /** In the rehearsal alone: a receiver on this machine, without encryption if need be. */
  mayReachLoopback: boolean
}

const longest = 2048
const hostName = /^(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

/** What may be written to at all, going by how it is written; where a name leads is asked at every attempt (S-112). */
export function readTargetUrl(text: string, reach: Reach): URL | null {
  // The parser would drop white space and read a backslash as a slash.
  if (text.length > longest || /[\s\\\p{Cc}]/u.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  const isPlain = url.username === '' && url.password === '' && !text.includes('#') && !text.includes('@')
  if (!isPlain || !isHostAllowed(url, text, reach)) return null
  if (url.protocol === 'https:') return url
  return url.protocol === 'http:' && isLoopbackHost(url, reach) ? url : null
}

export const addressIn = (url: URL): string | null => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? null : host
}

export const mayReach = (address: string, { mayReachLoopback }: Reach): boolean =>
  isPublicAddress(address) || (mayReachLoopback && isLoopbackAddress(address))

function isHostAllowed(url: URL, text: string, reach: Reach): boolean {
  const address = addressIn(url)
  if (address === null) return hostName.test(url.hostname) || isLoopbackHost(url, reach)
  // 0x7f.1, 2130706433 and full-width digits are addresses to the parser, and to no honest person.
  return text.toLowerCase().includes(`//${url.hostname}`) && mayReach(address, reach)
}

function isLoopbackHost(url: URL, { mayReachLoopback }: Reach): boolean {
  const address = addressIn(url)
  return mayReachLoopback && (address === null ? url.hostname === 'localhost' : isLoopbackAddress(address))
}
