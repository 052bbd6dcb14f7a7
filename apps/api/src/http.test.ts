import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHttp } from './http.js'
import { createLogger } from './log.js'
import { pagesRoute } from './pages.route.js'
import { createTestApp, publicUrl } from './testing/create-test-app.js'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  'report-uri /csp-reports',
].join(';')

const html = { accept: 'text/html,application/xhtml+xml' }
const tooLong = `{"query":"{ viewer { id } }","variables":{"padding":"${'x'.repeat(100 * 1024)}"}}`

/** What `vite build` leaves, in small. */
function builtPages(): string {
  const root = mkdtempSync(join(tmpdir(), 'optin-hub-pages-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(join(root, 'assets'))
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Opt-In Hub</title>')
  writeFileSync(join(root, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(root, 'assets', 'index-B1a2c3D4.js'), 'export {}')
  writeFileSync(join(root, '.env'), 'SECRET=canary')
  return root
}

/** The server with pages only: no database, no routes of the api. */
async function pagesOnly(address = publicUrl) {
  const log = createLogger({ level: 'info', destination: { write: () => undefined } })
  const config = { publicUrl: new URL(address), trustedProxies: [] }
  const http = await createHttp({ config, log })
  await pagesRoute(http, builtPages())
  onTestFinished(() => http.close())
  const get = (url: string, headers: Record<string, string> = html) =>
    http.inject({ method: 'GET', url, headers: { host: config.publicUrl.host, ...headers } })
  return { http, get }
}

function expectProblem(response: LightMyRequestResponse, status: number, code: string): void {
  expect(response.statusCode).toBe(status)
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(response.json()).toMatchObject({ status, code, requestId: response.headers['x-request-id'] })
}

it('sends the security headers with every kind of answer, and says nowhere what it is made of', async () => {
  const world = await createTestApp({ webRoot: builtPages() })
  const browser = world.browser()
  const answers = {
    page: await browser.request('GET', '/applications/rating', { headers: html }),
    asset: await browser.request('GET', '/assets/index-B1a2c3D4.js'),
    'no such address': await browser.request('GET', '/v1/tokens/1'),
    'address that cannot be decoded': await browser.request('GET', '/applications/%E0%A4%A'),
    'wrong method': await browser.request('GET', '/graphql'),
    'unknown method': await browser.request('OPTIONS', '/graphql'),
    'wrong host': await browser.request('GET', '/', { headers: { host: 'evil.example' } }),
    data: await browser.post('{"query":"{ viewer { id } }"}'),
    'syntax error': await browser.post('{"query":"{"}'),
    'broken JSON': await browser.post('{"query":'),
    'forged request': await browser.post('{"query":"{ viewer { id } }"}', { origin: 'https://evil.example' }),
    form: await browser.post('query=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    'body too long': await browser.post(tooLong),
    'return from UPS.com': await browser.request('GET', '/oauth/callback/rating?code=1&state=2'),
    health: await browser.request('GET', '/healthz'),
    report: await browser.request('POST', '/csp-reports', {
      headers: { 'content-type': 'application/csp-report' },
      body: '{}',
    }),
  }
  for (const [kind, { headers, body }] of Object.entries(answers)) {
    expect(headers, kind).toMatchObject({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'SAMEORIGIN',
      'permissions-policy': expect.stringContaining('camera=()') as string,
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'cache-control': { page: 'no-cache', asset: 'public, max-age=31536000, immutable' }[kind] ?? 'no-store',
    })
    const named = Object.keys(headers)
    expect(named, kind).not.toContain('strict-transport-security')
    expect(named, kind).not.toContain('x-powered-by')
    expect(named, kind).not.toContain('server')
    expect(
      named.filter((name) => name.startsWith('access-control-')),
      kind,
    ).toEqual([])
    expect(JSON.stringify(headers) + body, kind).not.toMatch(
      /fastify|apollo(?!-require-preflight)|express|node|typeorm|FST_/i,
    )
  }
})

it('asks browsers to stay with https for a year, but only where it is served over https', async () => {
  const { get } = await pagesOnly('https://hub.example.com')
  const { headers } = await get('/')
  expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
})

it('answers HEAD as GET, for who only looks whether the hub is there', async () => {
  const { http } = await pagesOnly()
  const ask = (method: 'GET' | 'HEAD') =>
    http.inject({ method, url: '/', headers: { host: 'localhost:4000', ...html } })
  const { statusCode, body, headers } = await ask('HEAD')
  expect([statusCode, body]).toEqual([200, ''])
  expect(headers['content-type']).toBe((await ask('GET')).headers['content-type'])
})

it('tells no other origin that it may read, whatever it calls itself', async () => {
  const { http } = await pagesOnly()
  const origins = [
    'https://evil.example',
    'null',
    'http://localhost:4000.evil.example',
    'http://evil-localhost:4000',
    'http://localhost:40000',
    'https://localhost:4000',
    'http://127.0.0.1:4000',
    publicUrl,
  ]
  for (const origin of origins) {
    for (const method of ['OPTIONS', 'GET'] as const) {
      const { headers } = await http.inject({
        method,
        url: '/graphql',
        headers: { host: 'localhost:4000', origin, 'access-control-request-method': 'POST' },
      })
      expect(
        Object.keys(headers).filter((name) => name.startsWith('access-control')),
        origin,
      ).toEqual([])
    }
  }
})

it('answers under its own name only, and lets no header talk it into another', async () => {
  const { get } = await pagesOnly()
  for (const host of [
    'evil.example',
    'localhost:4001',
    'localhost',
    '127.0.0.1:4000',
    'localhost:4000.evil.example',
  ]) {
    const refused = await get('/', { ...html, host })
    expect(refused.statusCode, host).toBe(421)
    expect(refused.body, host).toBe(`This is not the address of the hub. Open ${publicUrl}/ instead.\n`)
  }
  const spoofed = await get('/', {
    ...html,
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
  })
  expect(spoofed.statusCode).toBe(200)
  const trick = await get('/', { ...html, host: 'evil.example', 'x-forwarded-host': 'localhost:4000' })
  expect(trick.statusCode).toBe(421)
})

it('builds the address that UPS sends back to from its settings, not from the request', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companies = await admin.data<{ companies: { edges: { node: { id: string } }[] } }>(
    '{ companies { edges { node { id } } } }',
  )
  const begun = await admin.post(
    JSON.stringify({
      query: 'mutation ($input: BeginOptInInput!) { beginOptIn(input: $input) { authorizationUrl } }',
      variables: {
        input: {
          companyId: companies.companies.edges[0]?.node.id,
          application: 'RATING',
          returnTo: 'RATING_COMPANY_MANAGER',
        },
      },
    }),
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' },
  )
  const { data } = begun.json<{ data: { beginOptIn: { authorizationUrl: string } } }>()
  const redirect = new URL(data.beginOptIn.authorizationUrl).searchParams.get('redirect_uri')
  expect(redirect).toBe(`${publicUrl}/oauth/callback/rating`)
})

describe('limits', () => {
  it('refuses a body over 100 KiB with our own words', async () => {
    const world = await createTestApp()
    expectProblem(await world.browser().post(tooLong), 413, 'BAD_USER_INPUT')
    expectProblem(await world.browser().post('{"query":'), 400, 'BAD_USER_INPUT')
    const form = await world.browser().post('a=b', { 'content-type': 'multipart/form-data; boundary=x' })
    expectProblem(form, 415, 'BAD_USER_INPUT')
  })

  it('refuses headers over 16 KiB and addresses over 8 KiB', async () => {
    const { http, get } = await pagesOnly()
    expectProblem(await get(`/${'a'.repeat(8 * 1024)}`), 414, 'BAD_USER_INPUT')
    const send = await rawSender(http)
    const answer = await send(`GET / HTTP/1.1\r\nHost: localhost:4000\r\nX: ${'a'.repeat(17 * 1024)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('waits for nobody longer than the design says', async () => {
    const { http } = await pagesOnly()
    const { headersTimeout, requestTimeout, keepAliveTimeout, timeout } = http.server
    expect({ headersTimeout, requestTimeout, keepAliveTimeout, timeout }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 60_000,
      timeout: 60_000,
    })
  })
})

/** Byte for byte, since every proper client tidies an address before it sends it. */
async function rawSender(http: FastifyInstance): Promise<(request: string) => Promise<string>> {
  await http.listen({ host: '127.0.0.1', port: 0 })
  const address = http.server.address()
  if (address === null || typeof address === 'string') throw new Error('it does not listen')
  return (request) => rawAnswer(address.port, request)
}

const rawGet = (path: string, host = 'localhost:4000'): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`

function rawAnswer(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

it('knows no method but those of its routes', async () => {
  const { http } = await pagesOnly()
  const send = await rawSender(http)
  for (const method of ['TRACE', 'PROPFIND', 'DELETE', 'PUT', 'PATCH', 'POST', 'OPTIONS']) {
    for (const path of ['/', '/assets/index-B1a2c3D4.js', '/sign-in']) {
      const answer = await send(
        `${method} ${path} HTTP/1.1\r\nHost: localhost:4000\r\nConnection: close\r\n\r\n`,
      )
      expect(answer, `${method} ${path}`).toMatch(/^HTTP\/1\.1 (404|405|501|400) /)
    }
  }
})

describe('addresses', () => {
  it('answers 404 as a problem under the server’s own paths, however they are spelt, never the page', async () => {
    const { http, get } = await pagesOnly()
    const own = [
      'graphql',
      'oauth',
      'v1',
      'exports',
      'assets',
      'csp-reports',
      'healthz',
      'readyz',
      'metrics',
      'dev',
      'playground',
    ]
    const paths = [
      ...own.flatMap((name) => [`/${name}/no-such-thing`, `/${name}/x/sign-in`]),
      '/oauth/callback/no-such-application',
      '/oauth',
      '/%67raphql/x',
      '/graphql%2Fx',
      '/GraphQL/x',
    ]
    for (const path of paths) {
      const answer = await get(path)
      expect([path, answer.statusCode]).toEqual([path, 404])
      expectProblem(answer, 404, 'NOT_FOUND')
    }
    const send = await rawSender(http)
    for (const path of [
      '//graphql/x',
      '/./graphql/x',
      '/sign-in/../graphql/x',
      'http://evil.example/graphql/x',
    ]) {
      const answer = await send(rawGet(path))
      expect(answer, path).toMatch(/^HTTP\/1\.1 404 /)
      expect(answer, path).toMatch(/content-type: application\/problem\+json/)
    }
    expect(await send(rawGet('http://localhost:4000/sign-in', 'evil.example'))).toMatch(/^HTTP\/1\.1 421 /)
  })

  it('gives a page for an address of a page, not stored, and only to who asks for a page', async () => {
    const { get } = await pagesOnly()
    for (const path of [
      '/',
      '/sign-in',
      '/applications/rating/company-manager?company=0190-a&opt-in=b.c',
      '/opt-in/wrong-person',
    ]) {
      const page = await get(path)
      expect([path, page.statusCode, page.headers['cache-control']]).toEqual([path, 200, 'no-cache'])
      expect(page.headers['content-type']).toMatch(/^text\/html/)
    }
    expectProblem(await get('/sign-in', { accept: 'application/json' }), 404, 'NOT_FOUND')
  })

  it('keeps hashed assets for a year and nothing else, and gives out no other file', async () => {
    const { http, get } = await pagesOnly()
    const asset = await get('/assets/index-B1a2c3D4.js')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache')
    const spellings = [
      '/.env',
      '/%2eenv',
      '/assets/.env',
      '/assets/..%2f.env',
      '/assets/../.env',
      '/assets/%2e%2e/.env',
      '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
      '/..%2f..%2f..%2fetc%2fpasswd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..%5c..%5cetc%5cpasswd',
      '/%252e%252e/etc/passwd',
      '/..;/etc/passwd',
      '/etc/passwd%00.js',
      '/etc/passwd%00',
      '/file:%2f%2f/etc/passwd',
      '/assets',
      '/assets/',
      '/assets/index-B1a2c3D4.js.map',
      '/index.html/',
      '/.git/config',
      '/sign-in/.hidden/page',
      '/~root',
    ]
    const send = await rawSender(http)
    for (const path of spellings) {
      const answer = await send(rawGet(path))
      expect([path, answer.slice(0, 13)]).toEqual([path, 'HTTP/1.1 404 '])
      expect(answer).not.toMatch(/canary|root:/)
    }
  })
})

it('takes reports of the content policy in both forms, and writes one line about each', async () => {
  const world = await createTestApp()
  const browser = world.browser()
  const report = {
    'csp-report': { 'effective-directive': 'img-src', 'blocked-uri': 'https://evil.example/?token=canary' },
  }
  const reports = [{ type: 'csp-violation', body: { effectiveDirective: 'script-src-elem' } }]
  const bodies = [
    ['application/csp-report', JSON.stringify(report), 'img-src'],
    ['application/reports+json', JSON.stringify(reports), 'script-src-elem'],
    ['application/reports+json', '{"effectiveDirective":"x\\n{\\"level\\":\\"error\\"}"} not JSON', 'x'],
    ['application/csp-report', '', 'unknown'],
  ] as const
  for (const [type, body, directive] of bodies) {
    world.logged.length = 0
    const answer = await browser.request('POST', '/csp-reports', { headers: { 'content-type': type }, body })
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
    const lines = world.logged.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.filter(({ msg }) => msg === 'content policy violation')).toMatchObject([
      { level: 'warn', directive, requestId: answer.headers['x-request-id'] },
    ])
    expect(world.logged.join('')).not.toContain('canary')
  }
  const long = { headers: { 'content-type': 'application/csp-report' }, body: 'x'.repeat(8 * 1024 + 1) }
  expectProblem(await browser.request('POST', '/csp-reports', long), 413, 'BAD_USER_INPUT')
})

it('is alive without its database, but not ready', async () => {
  const world = await createTestApp()
  const probe = (path: string) => world.browser().request('GET', path, { headers: { host: '10.0.0.7:4000' } })
  expect((await probe('/healthz')).json()).toEqual({ status: 'ok' })
  expect((await probe('/readyz')).json()).toEqual({ status: 'ready' })
  const { connection } = world.app.database.reader
  await connection.destroy()
  onTestFinished(async () => void (await connection.initialize()))
  world.clock.advance(1000)
  expect((await probe('/healthz')).statusCode).toBe(200)
  const notReady = await probe('/readyz')
  expect([notReady.statusCode, notReady.json()]).toMatchObject([503, { status: 'not ready' }])
})
