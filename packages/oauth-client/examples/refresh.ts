// Keeps what authorization-code.ts stored alive: node examples/refresh.ts credentials.json tokens.json
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  createUpsOAuthClient,
  isExpiring,
  OAuthError,
  Secret,
  type TokenSet,
  type UpsOAuthClient,
  type UpsOAuthClientOptions,
} from '@optin-hub/oauth-client'

// README: begin
export interface TokenStore {
  read(): Promise<Pick<TokenSet, 'accessToken' | 'refreshToken' | 'expiresAt'>>
  write(tokens: TokenSet): Promise<void>
  clear(): Promise<void>
}

/** Never twice at once for one authorization: the loser would hold a refresh token that is void at UPS. */
export async function freshAccessToken(
  client: UpsOAuthClient,
  store: TokenStore,
  now: Date,
): Promise<Secret> {
  const stored = await store.read()
  if (!isExpiring(stored, now)) return stored.accessToken
  try {
    const tokens = await client.refresh(stored.refreshToken)
    await store.write(tokens) // before the first use: UPS has voided the token that was sent
    return tokens.accessToken
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    // Only a refused token ends the authorization. Anything else may be asked again later, also where the
    // outcome is unknown: if UPS has acted, it will refuse the token then.
    if (error.failure === 'grant') await store.clear()
    else if (stored.expiresAt > now) return stored.accessToken
    throw error
  }
}
// README: end

/** One authorization in one file; a service would encrypt it. */
export function fileStore(file: string): TokenStore {
  return {
    async read() {
      const row = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
      return {
        accessToken: Secret.of(String(row.accessToken)),
        refreshToken: Secret.of(String(row.refreshToken)),
        expiresAt: new Date(String(row.expiresAt)),
      }
    },
    async write({ accessToken, refreshToken, expiresAt }) {
      const row = { accessToken: accessToken.reveal(), refreshToken: refreshToken.reveal(), expiresAt }
      // Through a second name: a crash leaves the old pair or the new one, and never half of it.
      await writeFile(`${file}.new`, JSON.stringify(row), { mode: 0o600 })
      await rename(`${file}.new`, file)
    },
    clear: () => rm(file, { force: true }),
  }
}

export async function main([credentials = '', tokenFile = '']: string[], clock: () => Date): Promise<void> {
  const options = JSON.parse(await readFile(credentials, 'utf8')) as UpsOAuthClientOptions & {
    clientSecret: string
  }
  const client = createUpsOAuthClient({ ...options, clientSecret: Secret.of(options.clientSecret), clock })
  const store = fileStore(tokenFile)
  await freshAccessToken(client, store, clock())
  console.log(`The access token lives until ${(await store.read()).expiresAt.toISOString()}.`)
}

// eslint-disable-next-line no-restricted-syntax -- a program of one file has no clock.ts
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2), () => new Date())
