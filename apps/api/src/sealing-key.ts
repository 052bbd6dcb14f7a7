/**
 * One root key of the vault. The bytes sit behind a getter so that neither JSON, inspection nor a spread of the
 * configuration prints them.
 */
export class SealingKey {
  readonly id: string
  readonly #key: Buffer

  constructor(id: string, key: Buffer) {
    this.id = id
    this.#key = key
  }

  get key(): Buffer {
    return this.#key
  }
}

export const sealingKeyFormat = 'id:base64(32 bytes)[,id:base64(32 bytes)…], the first is current'

/** Printed in `.env.example` and the documentation, hence known to everybody. */
export const documentationSampleKey = 'b3B0LWluLWh1Yi1kb2N1bWVudGF0aW9uLXNhbXBsZS4='

const idPattern = /^[a-z0-9-]{1,16}$/
const keyBytes = 32

/** The keys in their order, or every fault of the text; a fault names the key's position or id and never its bytes. */
export function parseSealingKeys(text: string): { keys: SealingKey[]; faults: string[] } {
  const faults: string[] = []
  const keys: SealingKey[] = []
  for (const [index, entry] of text.split(',').entries()) {
    const [id = '', encoded = '', ...rest] = entry.trim().split(':')
    const where =
      idPattern.test(id) && rest.length === 0 && encoded !== '' ? `key "${id}"` : `entry ${index + 1}`
    const fault = rest.length > 0 || encoded === '' ? 'is not id:base64' : faultOf({ id, encoded, keys })
    if (fault) faults.push(`${where} ${fault}`)
    else keys.push(new SealingKey(id, Buffer.from(encoded, 'base64')))
  }
  return { keys, faults }
}

function faultOf({
  id,
  encoded,
  keys,
}: {
  id: string
  encoded: string
  keys: readonly SealingKey[]
}): string | null {
  if (!idPattern.test(id)) return 'has an id that is not 1 to 16 of a-z, 0-9 and -'
  const key = Buffer.from(encoded, 'base64')
  // Node skips what is not base64, so that a mistyped key would silently become another one.
  if (key.toString('base64') !== encoded) return 'is not standard base64 with its padding'
  if (key.length !== keyBytes) return `has ${key.length} bytes instead of ${keyBytes}`
  if (key.every((byte) => byte === key[0])) return 'consists of one repeated byte'
  if (encoded === documentationSampleKey) return 'is the sample of the documentation'
  if (keys.some((other) => other.id === id)) return 'has the id of an earlier key'
  if (keys.some((other) => other.key.equals(key))) return 'has the bytes of an earlier key'
  return null
}
