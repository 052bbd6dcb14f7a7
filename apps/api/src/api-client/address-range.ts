import { BlockList, isIP } from 'node:net'
import { apiClientErrors } from './api-client.errors.js'

interface AddressRange {
  address: string
  prefix: number
  family: 'ipv4' | 'ipv6'
}

const longestPrefix = { ipv4: 32, ipv6: 128 }

/** An address or a range such as 192.0.2.0/24 or 2001:db8::/32; null for anything else, zones and the whole world included. */
export function readAddressRange(text: string): AddressRange | null {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || address.includes('%') || rest.length > 0) return null
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (prefix === undefined) return { address, prefix: longestPrefix[family], family }
  const isPrefix = /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= longestPrefix[family]
  return isPrefix ? { address, prefix: Number(prefix), family } : null
}

/** Whether an address is within the ranges, which `readAddressRange` has read before. */
export function addressesWithin(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const text of ranges) {
    const range = readAddressRange(text)
    if (range) list.addSubnet(range.address, range.prefix, range.family)
  }
  return (address) => {
    // A socket that listens on both families shows IPv4 as ::ffff:192.0.2.1.
    const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
    const version = isIP(plain)
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
  }
}

/** As a client keeps them: null where every address will do. */
export function requireRanges(texts: readonly string[]): string[] | null {
  const ranges = [...new Set(texts.map((text) => text.trim()))]
  for (const range of ranges)
    if (!readAddressRange(range)) throw apiClientErrors.ADDRESS_RANGE_NOT_VALID({ details: { range } })
  return ranges.length > 0 ? ranges : null
}
