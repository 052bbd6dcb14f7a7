import { BlockList, isIP } from 'node:net'

/** The IANA IPv4 Special-Purpose Address Registry, multicast, and what clouds answer to machines of their own. */
const specialIPv4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24'],
  ...['192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'],
]
/** Of IPv6 only what is allocated for the world; mapped IPv4, NAT64, local and discard addresses are outside of it. */
const worldIPv6 = '2000::/3'
/** Of that, the IANA IPv6 Special-Purpose Address Registry: Teredo and its like, documentation, 6to4, AS112. */
const specialIPv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

const families = { 4: 'ipv4', 6: 'ipv6' } as const

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    list.addSubnet(address, Number(prefix), families[isIP(address) as 4 | 6])
  }
  return list
}

const special = { 4: listOf(specialIPv4), 6: listOf(specialIPv6) }
const world = listOf([worldIPv6])
const loopback = { 4: listOf(['127.0.0.0/8']), 6: listOf(['::1/128']) }

function versionOf(address: string): 4 | 6 | null {
  const version = isIP(address)
  // A zone names an interface of this machine.
  return address.includes('%') || version === 0 ? null : (version as 4 | 6)
}

/** An address that everybody on the internet could reach as well (S-112). */
export function isPublicAddress(address: string): boolean {
  const version = versionOf(address)
  if (version === null || special[version].check(address, families[version])) return false
  return version === 4 || world.check(address, 'ipv6')
}

export function isLoopbackAddress(address: string): boolean {
  const version = versionOf(address)
  return version !== null && loopback[version].check(address, families[version])
}
