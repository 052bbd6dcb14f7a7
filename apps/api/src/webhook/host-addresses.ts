import { lookup } from 'node:dns/promises'
import type { PostFailure } from './delivery-terms.js'
import { addressIn, mayReach, type Reach } from './target-url.js'

/** All addresses of a name; none where there is no such name. */
export type ResolveHost = (name: string) => Promise<readonly string[]>

export const resolveHost: ResolveHost = async (name) => {
  const found = await lookup(name, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}

export interface Way extends Reach {
  resolveHost: ResolveHost
}

type Found = { address: string } | { failure: PostFailure }

/**
 * The address to connect to, or why there is none. All that a name leads to must be allowed, not only the one that is
 * used: a mixed answer is a trick (S-113).
 */
export async function addressOf(url: URL, way: Way): Promise<Found> {
  const given = addressIn(url)
  const addresses = given === null ? await way.resolveHost(url.hostname).catch(() => []) : [given]
  // Those that more networks can reach come first.
  const [address] = [...addresses].sort(
    (one, other) => Number(one.includes(':')) - Number(other.includes(':')),
  )
  if (address === undefined) return { failure: 'HOST_NOT_FOUND' }
  return addresses.every((each) => mayReach(each, way)) ? { address } : { failure: 'ADDRESS_NOT_PUBLIC' }
}
