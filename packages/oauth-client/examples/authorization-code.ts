// Authorizes one UPS.com profile: node examples/authorization-code.ts credentials.json tokens.json
// credentials.json: {"baseUrl":"https://wwwcie.ups.com","clientId":"…","clientSecret":"…","redirectUri":"http://localhost:8080/callback"}
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import {
  CallbackError,
  createUpsOAuthClient,
  OAuthError,
  Secret,
  type TokenSet,
  type UpsOAuthClient,
  type UpsOAuthClientOptions,
} from '@optin-hub/oauth-client'

// README: begin
/** `/` sends the person to UPS.com; every other path is the redirect URI. */
export function authorizationServer(
  client: UpsOAuthClient,
  store: (tokens: TokenSet) => Promise<void>,
): Server {
  const flows = new Map<string, { state: Secret; codeVerifier: Secret | null }>()

  async function begin(response: ServerResponse): Promise<void> {
    const { url, state, codeVerifier } = await client.authorizationUrl()
    const id = randomUUID()
    flows.set(id, { state, codeVerifier })
    // The flow belongs to this browser: without the cookie, a stranger's link could attach their profile.
    const cookie = `flow=${id}; HttpOnly; SameSite=Lax; Path=/; Max-Age=600`
    response.writeHead(303, { location: url.href, 'set-cookie': cookie }).end()
  }

  async function complete(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = /(?:^|; )flow=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
    const flow = flows.get(id)
    if (!flow) throw new CallbackError('CALLBACK_STATE_MISMATCH', null)
    flows.delete(id) // once, and before UPS is asked
    const { searchParams } = new URL(request.url ?? '', 'http://localhost')
    const { code } = client.readCallback(searchParams, flow.state)
    await store(await client.exchangeCode({ code, codeVerifier: flow.codeVerifier }))
    response.end('Authorized.')
  }

  return createServer((request, response) => {
    const work = request.url === '/' ? begin(response) : complete(request, response)
    work.catch((error: unknown) => {
      const isKnown = error instanceof CallbackError || error instanceof OAuthError
      response.writeHead(isKnown ? 400 : 500).end(isKnown ? error.code : 'INTERNAL')
    })
  })
}
// README: end

export async function main([credentials = '', tokenFile = '']: string[]): Promise<Server> {
  const options = JSON.parse(await readFile(credentials, 'utf8')) as UpsOAuthClientOptions & {
    clientSecret: string
  }
  const client = createUpsOAuthClient({ ...options, clientSecret: Secret.of(options.clientSecret) })
  const server = authorizationServer(client, async ({ accessToken, refreshToken, expiresAt }) => {
    const row = { accessToken: accessToken.reveal(), refreshToken: refreshToken.reveal(), expiresAt }
    await writeFile(tokenFile, JSON.stringify(row), { mode: 0o600 })
  })
  const { hostname, port } = new URL(options.redirectUri)
  return server.listen(Number(port), hostname, () => console.log(`Open http://${hostname}:${port}/`))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
