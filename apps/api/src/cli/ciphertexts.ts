import { IsNull, Not } from 'typeorm'
import { PendingAuthorizationEntity, verifierContext } from '../authorization/pending-authorization.entity.js'
import { openHashKey, SealedError } from '../installation.js'
import { LicenseKeyEntity, licenseKeyContext } from '../license-key/license-key.entity.js'
import { letterContext, QueuedLetterEntity } from '../mail/queued-letter.entity.js'
import { SealError } from '../seal.js'
import {
  formerSecretContext,
  secretContext,
  WebhookEndpointEntity,
} from '../webhook/webhook-endpoint.entity.js'
import type { OpenHub } from './open-hub.js'
import { nextPairs, ownersOf, waitingPairs } from './stored-pairs.js'

/** Every stored ciphertext that does not open where it stands, with the reason; S-39 to S-41. */
export async function unopenedCiphertexts(hub: OpenHub): Promise<string[]> {
  return [
    ...unopened(hub, 'the hash key of the installation', [
      [hub.installation.hashKey, () => openHashKey(hub.installation, hub.sealer)],
    ]),
    ...(await unopenedPairs(hub)),
    ...(await unopenedVerifiers(hub)),
    ...(await unopenedLetters(hub)),
    ...(await unopenedLicenseKeys(hub)),
    ...(await unopenedWebhookSecrets(hub)),
    ...(await unopenedSpills(hub)),
  ]
}

async function unopenedPairs(hub: OpenHub): Promise<string[]> {
  const { database, vault } = hub
  const found: string[] = []
  for (let after = ''; ;) {
    const rows = await nextPairs(database.reader, after)
    const owners = await ownersOf(database.reader, rows)
    for (const row of rows) {
      const owner = owners.get(row.authorizationId)
      // Without its authorization a pair has no place to be opened in; another rule names it.
      if (!owner) continue
      const where = `pair of authorization ${row.authorizationId}`
      const values: Value[] = [
        [row.accessToken, () => vault.openAccessToken(owner, row)],
        [row.refreshToken, () => vault.openRefreshToken(owner, row)],
      ]
      const faults = unopened(hub, where, values)
      const isMislabelled = values.some(([sealed]) => keyIdOrNull(hub, sealed) !== row.keyId)
      found.push(
        ...faults,
        ...(faults.length === 0 && isMislabelled ? [`${where}: its row names another key`] : []),
      )
    }
    const last = rows.at(-1)
    if (!last) return found
    after = last.authorizationId
  }
}

async function unopenedVerifiers(hub: OpenHub): Promise<string[]> {
  const visits = await hub.database.reader.findBy(PendingAuthorizationEntity, { codeVerifier: Not(IsNull()) })
  return visits.flatMap((visit) => {
    const sealed = visit.codeVerifier ?? ''
    const open = () => hub.sealer.open(sealed, verifierContext(visit))
    return unopened(hub, `PKCE verifier of visit ${visit.id}`, [[sealed, open]])
  })
}

async function unopenedLetters(hub: OpenHub): Promise<string[]> {
  const letters = await hub.database.reader.findBy(QueuedLetterEntity, { content: Not(IsNull()) })
  return letters.flatMap(({ id, content }) => {
    const sealed = content ?? ''
    return unopened(hub, `letter ${id}`, [[sealed, () => hub.sealer.open(sealed, letterContext(id))]])
  })
}

async function unopenedLicenseKeys(hub: OpenHub): Promise<string[]> {
  const rows = await hub.database.reader.find(LicenseKeyEntity)
  return rows.flatMap((row) => {
    const open = () => hub.sealer.open(row.sealedKey, licenseKeyContext(row))
    return unopened(hub, `license key of company ${row.companyId}`, [[row.sealedKey, open]])
  })
}

async function unopenedWebhookSecrets(hub: OpenHub): Promise<string[]> {
  const rows = await hub.database.reader.find(WebhookEndpointEntity)
  return rows.flatMap((row) => {
    const { id, secret, formerSecret } = row
    const values: Value[] = [[secret, () => hub.sealer.open(secret, secretContext(row))]]
    if (formerSecret)
      values.push([formerSecret, () => hub.sealer.open(formerSecret, formerSecretContext(row))])
    return unopened(hub, `secret of webhook endpoint ${id}`, values)
  })
}

async function unopenedSpills(hub: OpenHub): Promise<string[]> {
  const { pairs, damaged } = await waitingPairs(hub)
  const faults = pairs.flatMap(({ attempt, sealed: { row }, owner }) =>
    unopened(hub, `pair in spill file ${attempt.id}`, [
      [row.accessToken, () => hub.vault.openAccessToken(owner, row)],
      [row.refreshToken, () => hub.vault.openRefreshToken(owner, row)],
    ]),
  )
  return [...faults, ...damaged.map((name) => `spill file ${name}: cannot be read`)]
}

type Value = [sealed: string, open: () => unknown]

/** At most one line for a place, however many values in it do not open. */
function unopened(hub: OpenHub, where: string, values: readonly Value[]): string[] {
  for (const [sealed, open] of values) {
    try {
      open()
    } catch (error) {
      const cause: unknown = error instanceof SealedError ? error.cause : error
      if (!(cause instanceof SealError)) throw error
      if (cause.reason === 'NOT_GENUINE') return [`${where}: damaged, moved, or sealed with other key bytes`]
      return [`${where}: needs the key "${keyIdOrNull(hub, sealed)}", which VAULT_KEYS does not hold`]
    }
  }
  return []
}

export function keyIdOrNull({ sealer }: Pick<OpenHub, 'sealer'>, sealed: string): string | null {
  try {
    return sealer.keyIdOf(sealed)
  } catch {
    // Not in our format at all.
    return null
  }
}
