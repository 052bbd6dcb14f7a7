import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sealed } from '../seal.js'
import type { TokenCause } from '../vault/token-history.entity.js'
import type { SealedTokens } from '../vault/vault.service.js'
import type { RefreshAttemptEntity } from './refresh-attempt.entity.js'

export type SpilledAttempt = Pick<
  RefreshAttemptEntity,
  'id' | 'authorizationId' | 'applicationId' | 'generation' | 'startedAt'
>

export interface Spilled {
  attempt: SpilledAttempt
  sealed: SealedTokens
}

type Moment = 'issuedAt' | 'expiresAt' | 'refreshIssuedAt' | 'refreshExpiresAt'
const moments: readonly Moment[] = ['issuedAt', 'expiresAt', 'refreshIssuedAt', 'refreshExpiresAt']

/**
 * Where a sealed pair waits when UPS has answered and the database refuses it: one synced file each, so that the pair
 * survives the process (S-27). Drained at start and removed once stored.
 */
export class SpillFolder {
  constructor(private readonly folder: string) {}

  async write({ attempt, sealed }: Spilled): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const path = this.#path(attempt.id)
    const file = await open(`${path}.part`, 'w', 0o600)
    try {
      await file.writeFile(JSON.stringify({ attempt, sealed }))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.part`, path)
    const folder = await open(this.folder, 'r')
    try {
      // The name must be on disk as well as the content.
      await folder.sync()
    } finally {
      await folder.close()
    }
  }

  async remove(attemptId: string): Promise<void> {
    await rm(this.#path(attemptId), { force: true })
  }

  /** All that waits. A file that cannot be understood is left where it is and named to `onDamaged`. */
  async read(onDamaged: (name: string) => void): Promise<Spilled[]> {
    const found: Spilled[] = []
    for (const name of (await readdir(this.folder).catch(() => [])).filter((each) =>
      each.endsWith('.json'),
    )) {
      try {
        found.push(revived(JSON.parse(await readFile(join(this.folder, name), 'utf8')) as Written))
      } catch (error) {
        // Stored by its owner while we were looking.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onDamaged(name)
      }
    }
    return found
  }

  #path(attemptId: string): string {
    return join(this.folder, `${attemptId}.json`)
  }
}

interface Written {
  attempt: Omit<SpilledAttempt, 'startedAt'> & { startedAt: string }
  sealed: {
    cause: TokenCause
    row: Record<Moment, string> & Omit<SealedTokens['row'], Moment> & { accessToken: Sealed }
  }
}

function revived({ attempt, sealed }: Written): Spilled {
  const times = Object.fromEntries(
    moments.map((moment) => [moment, validDate(sealed.row[moment])]),
  ) as Record<Moment, Date>
  return {
    attempt: { ...attempt, startedAt: validDate(attempt.startedAt) },
    sealed: { cause: sealed.cause, row: { ...sealed.row, ...times } },
  }
}

function validDate(text: string): Date {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) throw new TypeError('not a moment')
  return moment
}
