import { sealedPrefix } from '../seal.js'
import type { OpenHub } from './open-hub.js'
import { waitingPairs } from './stored-pairs.js'

/** How many places name this key, counted in what is stored itself. Ids hold nothing that SQL or LIKE would interpret. */
export async function usesOfKey(hub: OpenHub, keyId: string): Promise<number> {
  const under = (column: string): string => `"${column}" LIKE '${sealedPrefix(keyId)}%'`
  const places = [
    `token_sets WHERE ${under('accessToken')} OR ${under('refreshToken')} OR "keyId" = '${keyId}'`,
    `pending_authorizations WHERE ${under('codeVerifier')}`,
    `license_keys WHERE ${under('sealedKey')}`,
    `webhook_endpoints WHERE ${under('secret')} OR ${under('formerSecret')}`,
    `letters WHERE ${under('content')}`,
    `installation WHERE ${under('hashKey')}`,
  ]
  const counts = places.map(async (place) => {
    const [row]: { n: string | number }[] = await hub.database.reader.query(
      `SELECT COUNT(*) AS n FROM ${place}`,
    )
    return Number(row?.n ?? 0)
  })
  const { pairs } = await waitingPairs(hub)
  const inFiles = pairs.filter(({ sealed }) => sealed.row.keyId === keyId).length
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, inFiles)
}
