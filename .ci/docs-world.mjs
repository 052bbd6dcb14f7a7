import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'

const returnTo = 'RATING_COMPANY_MANAGER'

/** A hub in the rehearsal, in which a company has opted in, with a key, and with a receiver of its webhooks. */
export async function startWorld(root, dataDir) {
  const [port, upsPort] = [await freePort(), await freePort()]
  const hub = `http://localhost:${port}`
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...{ HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: hub, DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    ...{
      UPS_ENVIRONMENT: 'stand-in',
      STAND_IN_PORT: String(upsPort),
      DATABASE_URL: `sqlite:${join(dataDir, 'hub.db')}`,
    },
  }
  const child = spawn(process.execPath, [join(root, 'apps/api/dist/main.js')], { env, stdio: 'inherit' })
  const stopHub = async () => {
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  const receiver = await startReceiver()
  const stop = async () => {
    receiver.close()
    await stopHub()
  }
  try {
    await until(
      async () => (await fetch(`${hub}/readyz`).catch(() => null))?.status === 200,
      'the hub does not start',
    )
    const admin = await signIn(hub)
    const companyId = (await admin.ask('{ companies { edges { node { id } } } }')).companies.edges[0].node.id
    const optIn = () => optInOnce(root, admin, companyId)
    const { key, secret } = await createClient(admin, companyId, receiver.url)
    await optIn()
    await until(() => receiver.last() !== null, 'the hub has sent no webhook')
    const { authorization } = await admin.ask(
      'query ($companyId: ID!) { authorization(companyId: $companyId, application: RATING) { vaultKey } }',
      { companyId },
    )
    const environment = {
      ...{ HUB: hub, HUB_KEY: key, VAULT_KEY: authorization.vaultKey, UPS: `http://127.0.0.1:${upsPort}` },
    }
    return { environment, optIn, stop, messages: () => messagesLike(receiver.last(), secret) }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What the hub has sent, then what it has not: each must be told apart. */
function messagesLike({ body, id, timestamp, signature }, secret) {
  const message = (name, change, prints = 'not genuine') => ({
    name,
    input: change.body ?? body,
    prints,
    environment: {
      WEBHOOK_ID: change.id ?? id,
      WEBHOOK_TIMESTAMP: change.timestamp ?? timestamp,
      WEBHOOK_SIGNATURE: change.signature ?? signature,
      WEBHOOK_SECRET: change.secret ?? secret,
    },
  })
  const sign = (at) => new Webhook(secret).sign(id, at, body)
  const old = new Date(Date.now() - 301_000 - 1000)
  const other = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
  return [
    message('as the hub sent it', {}, null),
    message(
      'as the library of Standard Webhooks signs it',
      { signature: sign(new Date(Number(timestamp) * 1000)) },
      null,
    ),
    message('with a second signature before it', { signature: `v1,${'A'.repeat(43)}= ${signature}` }, null),
    message('altered', { body: body.replace('opted_in', 'opted_out') }),
    message('under another id', { id: `${id}x` }),
    message('five minutes old', { timestamp: String(Math.floor(old / 1000)), signature: sign(old) }),
    message('with another secret', { secret: other }),
    message('of another version', { signature: signature.replaceAll('v1,', 'v2,') }),
  ]
}

async function startReceiver() {
  let last = null
  const server = createServer(async (request, response) => {
    const parts = await request.toArray()
    const {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature,
    } = request.headers
    last ??= { body: Buffer.concat(parts).toString('utf8'), id, timestamp, signature }
    response.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    last: () => last,
    close: () => server.close() && server.closeAllConnections(),
  }
}

async function signIn(hub) {
  const cookies = new Map()
  const send = async (path, init = {}) => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const answer = await fetch(new URL(path, hub), {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, cookie },
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)
      cookies.set(name, value)
    }
    return answer
  }
  const ask = async (query, variables = {}) => {
    const headers = { 'content-type': 'application/json', origin: hub, 'apollo-require-preflight': 'true' }
    const answer = await send('/graphql', {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = await answer.json()
    if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`)
    return data
  }
  const input = { signInName: 'acme.admin', password: 'opt-in-hub-demo' }
  await ask('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', { input })
  return { ask, send }
}

async function createClient(admin, companyId, url) {
  const client = {
    name: 'Docs',
    companyIds: [companyId],
    applications: ['RATING'],
    scopes: ['STATUS_READ', 'TOKEN_READ'],
  }
  const { createApiClient } = await admin.ask(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { key apiClient { id } } }',
    { input: client },
  )
  const endpoint = { apiClientId: createApiClient.apiClient.id, url }
  const { createWebhookEndpoint } = await admin.ask(
    'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret } }',
    { input: endpoint },
  )
  return { key: createApiClient.key, secret: createWebhookEndpoint.secret }
}

/** What a person does in the browser. */
async function optInOnce(root, admin, companyId) {
  const { signInAndAgree } = await import('@optin-hub/ups-stand-in')
  const { beginOptIn } = await admin.ask(
    'mutation ($input: BeginOptInInput!) { beginOptIn(input: $input) { authorizationUrl } }',
    { input: { companyId, application: 'RATING', returnTo } },
  )
  const profile = { username: 'acme', password: 'ups-demo' }
  const back = await signInAndAgree(
    { fetch: (request) => fetch(request) },
    beginOptIn.authorizationUrl,
    profile,
  )
  await admin.send(back)
  const { authorization } = await admin.ask(
    'query ($companyId: ID!) { authorization(companyId: $companyId, application: RATING) { status } }',
    { companyId },
  )
  if (authorization.status !== 'AUTHORIZED') throw new Error('the opt-in has not worked')
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

async function until(isSo, complaint) {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo()) return
    await pause(100)
  }
  throw new Error(complaint)
}
