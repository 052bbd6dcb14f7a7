import { randomBytes } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { Not } from 'typeorm'
import { expect, it } from 'vitest'
import { applicationIds } from '../application/applications.js'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { SessionEntity } from '../session/session.entity.js'
import type { Browser, GraphQLAnswer } from '../testing/browser.js'
import { companyIdOf, createTestApp, publicUrl, type TestApp } from '../testing/create-test-app.js'
import { authorizationOf, optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'

const password = 'correct-horse-canary'

const cie: Record<string, string> = {
  UPS_ENVIRONMENT: 'cie',
  VAULT_KEYS: `test:${randomBytes(32).toString('base64')}`,
  ...Object.fromEntries(
    applicationIds.flatMap((id) => [
      [`UPS_${id}_CLIENT_ID`, `client-${id}`],
      [`UPS_${id}_CLIENT_SECRET`, `secret-${id}`],
    ]),
  ),
}

const logRecords = (world: TestApp) =>
  world.logged.map(
    (line) =>
      JSON.parse(line) as { level: string; msg: string; requestId?: string; err?: Record<string, string> },
  )

it('executes nothing that another site can make a browser send', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  await optIn(world, admin, 'RATING')
  const rows = () =>
    Promise.all([
      world.app.database.reader.count(SessionEntity),
      world.app.database.reader.countBy(AuditEventEntity, { name: Not('access.refused') }),
    ])
  const before = await rows()

  const query = `mutation { optOut(input: { companyId: "${companyId}", application: RATING }) { status } signOut }`
  const body = JSON.stringify({ query })
  const json = admin.graphqlHeaders()
  const without = (name: string) => Object.fromEntries(Object.entries(json).filter(([key]) => key !== name))
  const inUrl = `/graphql?query=${encodeURIComponent(query)}`
  const send = (headers: Record<string, string>, text = body) =>
    admin.request('POST', '/graphql', { headers, body: text })

  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; application/json',
    'text/plain;charset=application/json',
    'application/json, text/plain',
    'application/json; charset=utf-16',
    'application/json;charset=utf-7',
    'application/json; boundary=x',
    'application/jsonx',
    'application/graphql',
    'application/csp-report',
    'application/reports+json',
    'message/http',
    '',
  ]
  const origins = [
    'https://evil.example',
    'null',
    '',
    `${publicUrl}.evil.example`,
    `${publicUrl}/`,
    `${publicUrl}, https://evil.example`,
    'https://localhost:4000',
    'http://localhost:40000',
    'http://localhost',
    'http://127.0.0.1:4000',
    'http://evil@localhost:4000',
  ]
  const answers = [
    ...types.map((type) => [`type ${type}`, send({ ...json, 'content-type': type })] as const),
    ...origins.map((origin) => [`origin ${origin}`, send({ ...json, origin })] as const),
    ...Object.keys(json).map((name) => [`without ${name}`, send(without(name))] as const),
    [
      'form',
      send(
        { ...json, 'content-type': 'application/x-www-form-urlencoded' },
        `query=${encodeURIComponent(query)}`,
      ),
    ],
    ['batch of 1', send(json, `[${body}]`)],
    ['batch of 2', send(json, `[${body},${body}]`)],
    [
      'batch of 1000',
      send(json, `[${Array.from({ length: 1000 }, () => '{"query":"mutation{signOut}"}').join()}]`),
    ],
    ['key', send({ ...json, authorization: 'Bearer something' })],
    ['empty key', send({ ...json, authorization: '' })],
    ['query in the address', admin.request('POST', inUrl, { headers: json, body: '{}' })],
    ['query in the address, no body', admin.request('POST', inUrl, { headers: json })],
    ...(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const).map(
      (method) => [method, admin.request(method, inUrl, { headers: json })] as const,
    ),
  ] as const
  for (const [what, answer] of answers) {
    expect([what, Math.floor((await answer).statusCode / 100)]).toEqual([what, 4])
  }

  expect(await rows()).toEqual(before)
  expect(await authorizationOf(admin, companyId, 'RATING')).toMatchObject({ status: 'AUTHORIZED' })
  const get = await admin.request('GET', inUrl)
  expect([get.statusCode, get.headers.allow]).toEqual([405, 'POST'])
  expect((await send({ ...json, 'content-type': 'application/json; charset=UTF-8' })).json()).toMatchObject({
    data: { signOut: true },
  })
})

it('names every error by a code and the id of its request, also for who asks over a real connection', async () => {
  const world = await createTestApp({ fetch: () => () => Promise.reject(new TypeError('fetch failed')) })
  const address = await world.app.http.listen({ host: '127.0.0.1', port: 0 })
  const admin = await world.as('acme.admin')
  const foreign = await companyIdOf(await world.as('demo.admin'), 'Demonstration Company')
  const own = await companyIdOf(admin, 'Acme Outfitters')
  const optOut = (companyId: string) =>
    `mutation { optOut(input: { companyId: "${companyId}", application: RATING }) { id } }`
  const looker = await signInAs(world, { signInName: 'looker', roles: { [own]: 'VIEWER' } })
  const begin = `mutation { beginOptIn(input: { companyId: "${own}", application: RATING, returnTo: RATING_COMPANY_MANAGER }) { id } }`
  const refused = [
    [looker, optOut(own), 'FORBIDDEN', 'AUTHORIZATION_NOT_YOURS_TO_END'],
    [admin, begin, 'UPS_UNAVAILABLE', 'UPS_UNREACHABLE'],
    [
      admin,
      `mutation { refreshToken(input: { companyId: "${own}", application: RATING }) { id } }`,
      'REAUTHORIZATION_REQUIRED',
      'REFRESH_NEEDS_AUTHORIZATION',
    ],
    [null, '{ companies { totalCount } }', 'UNAUTHENTICATED', 'SIGN_IN_REQUIRED'],
    [
      null,
      'mutation { signIn(input: {signInName: "a", password: "b"}) { id } }',
      'UNAUTHENTICATED',
      'SIGN_IN_REFUSED',
    ],
    [admin, optOut(foreign), 'NOT_FOUND', 'AUTHORIZATION_NOT_FOUND'],
    [
      admin,
      `mutation { enrolCompany(input: { companyId: "${own}", application: RATING }) { id } }`,
      'CONFLICT',
      'COMPANY_ALREADY_ENROLLED',
    ],
    [admin, '{ companies(first: 0) { totalCount } }', 'BAD_USER_INPUT', 'PAGE_SIZE_OUT_OF_RANGE'],
    [admin, '{ companies(after: "x") { totalCount } }', 'BAD_USER_INPUT', 'CURSOR_NOT_VALID'],
    [admin, '{ viewer { ', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED'],
    [admin, '{ viewer { passwordHash } }', 'BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'],
    [
      admin,
      'query A { viewer { id } } query B { viewer { id } }',
      'BAD_USER_INPUT',
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [admin, '', 'BAD_USER_INPUT', 'BAD_REQUEST'],
  ] as const
  for (const [browser, query, code, reason] of refused) {
    const answer = await overSocket(address, browser ?? world.browser(), JSON.stringify({ query }))
    expect([query, answer.body.errors?.map(({ extensions }) => extensions)]).toEqual([
      query,
      [{ code, reason, requestId: answer.requestId }],
    ])
    expect(logRecords(world).some(({ requestId }) => requestId === answer.requestId)).toBe(true)
  }
  for (const body of [
    'null',
    '"x"',
    '[]',
    '{}',
    '{"query":5}',
    '{"query":"{viewer{id}}","variables":[]}',
    '',
  ]) {
    const answer = await overSocket(address, admin, body)
    expect([body, answer.status]).toEqual([body, 400])
    const { code, requestId } = answer.body.errors?.[0]?.extensions ?? (answer.body as never)
    expect([body, code, requestId]).toEqual([body, 'BAD_USER_INPUT', answer.requestId])
  }
})

it('does not repeat a password that was sent in the wrong place', async () => {
  const world = await createTestApp()
  const browser = world.browser()
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }'
  const answers = [
    await browser.query(signIn, { input: { signInName: 'acme.admin', password: { value: password } } }),
    await browser.query(signIn, { input: { signInName: 'acme.admin', password: [password] } }),
    await browser.query(signIn, { input: { signInName: 'acme.admin', password: 'x', [password]: 1 } }),
    await browser.query(signIn, { input: password }),
    await browser.query('mutation ($p: Int!) { signOut }', { p: password }),
    await browser.query(
      `mutation { signIn(input: { signInName: "acme.admin", password: { a: "${password}" } }) { id } }`,
    ),
    await browser.query(`mutation { signIn(input: "${password}") { id } }`),
    await browser.query(
      `mutation { signIn(input: { signInName: "acme.admin", password: "x" } "${password}") { id } }`,
    ),
    await browser.query(`query { application(id: "${password}") { id } }`),
    await browser.query(signIn, {
      input: { signInName: 'acme.admin', password: 'x'.repeat(1025) + password },
    }),
  ]
  for (const { errors } of answers) {
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(JSON.stringify(errors)).not.toContain(password)
  }
  expect(answers[0]?.errors?.[0]?.message).toBe('The value given for input.password does not fit its type.')
  expect(world.logged.join('')).not.toContain(password)
})

it('says which field was not valid, and why', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const { errors } = await admin.query(
    'mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { id } }',
    {
      input: { name: 'Acme\u202eLtd' },
    },
  )
  expect(errors).toMatchObject([
    {
      message: 'name must not contain control or invisible characters',
      extensions: { code: 'BAD_USER_INPUT', reason: 'INPUT_NOT_VALID', details: { fields: ['name'] } },
    },
  ])
})

it('refuses text that one of the two databases cannot hold', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const byVariable = 'query ($text: String) { companies(search: $text) { totalCount } }'
  const bodies = [
    { query: byVariable, variables: { text: 'a\u0000b' } },
    ...['\\u0000', '\\u{0}', '\\u{000}'].map((text) => ({ query: `{ company(id: "${text}") { id } }` })),
  ]
  for (const body of bodies) {
    const answer = await admin.post(JSON.stringify(body))
    expect(answer.json()).toMatchObject({ status: 400, code: 'BAD_USER_INPUT', reason: 'TEXT_NOT_VALID' })
  }
  const odd = { id: '\ud800' + '\u{10ffff}' + "'; DROP TABLE companies; --" }
  expect(await admin.query('query ($id: ID!) { company(id: $id) { id } }', odd)).toEqual({
    data: { company: null },
  })
})

it('leaks nothing when something of its own breaks, and logs it with its stack', async () => {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const hideTable = (name: string) =>
    world.app.database.inTransaction((manager) =>
      manager.query(`ALTER TABLE ${name} RENAME TO hidden_${name}`),
    )

  await hideTable('token_history')
  const history = await admin.post(
    JSON.stringify({
      query: `{ authorization(companyId: "${companyId}", application: RATING) { id tokenHistory { totalCount } } }`,
    }),
  )
  await hideTable('memberships')
  const context = await admin.post('{"query":"{ viewer { id } }"}')
  const callback = await admin.request('GET', '/oauth/callback/rating?code=1&state=2')

  for (const answer of [history, context]) {
    const requestId = String(answer.headers['x-request-id'])
    const body = answer.json<GraphQLAnswer & { code?: string }>()
    const { message, extensions } = body.errors?.[0] ?? {
      message: (body as never as Error).message,
      extensions: null,
    }
    expect(message).toBe(
      `Something went wrong on our side. Please quote request ${requestId} when you ask for help.`,
    )
    if (extensions) expect(extensions).toEqual({ code: 'INTERNAL', requestId })
    else expect(body.code).toBe('INTERNAL')
    expect(answer.body).not.toMatch(
      /sql|table|relation|membership|token_history|\.ts|\.js|node_modules|typeorm/i,
    )
  }
  for (const { headers } of [history, context, callback]) {
    const requestId = String(headers['x-request-id'])
    const record = logRecords(world).find((each) => each.requestId === requestId && each.level === 'error')
    expect(record?.err?.message).toMatch(/token_history|memberships/)
    expect(record?.err?.stack).toMatch(/\n? +at .+/)
  }
  expect([history.statusCode, context.statusCode]).toEqual([200, 500])
  expect([callback.headers.location, callback.body]).toEqual(['/opt-in/not-finished', ''])
})

it('shows its schema in rehearsal, and neither schema nor guesses against UPS itself', async () => {
  const introspection = '{ __schema { types { name } } }'
  const rehearsal = await createTestApp()
  expect((await rehearsal.browser().query(introspection)).errors).toBeUndefined()

  const real = await createTestApp({ environment: cie })
  const browser = real.browser()
  const refused = await browser.query(introspection)
  expect(refused.data ?? null).toBeNull()
  expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' })
  expect(JSON.stringify(refused)).not.toMatch(/apollo/i)
  const typos = [
    '{ viewr { id } }',
    '{ __typ(name: "User") { name } }',
    '{ __type(name: "User") { name } }',
    '{ viewer { signInNam } }',
    '{ application(idd: RATING) { id } }',
    '{ application(id: RATIN) { id } }',
    'query ($a: ApplicationI!) { application(id: $a) { id } }',
    'mutation { signIn(input: { signInName: "x", password: "y", passwor: "z" }) { id } }',
    '{ viewer @skp(if: true) { id } }',
  ]
  for (const typo of typos) {
    const { errors } = await browser.query(typo)
    expect(errors?.length, typo).toBeGreaterThan(0)
    expect(JSON.stringify(errors), typo).not.toMatch(/did you mean|"viewer"|signInName|@skip|CONSUMER/i)
  }
  const { errors } = await browser.query('query ($a: ApplicationId!) { application(id: $a) { id } }', {
    a: 'RATIN',
  })
  expect(JSON.stringify(errors)).not.toMatch(/did you mean|RATING/i)
})

/** A request on a socket: its body arrives later than its headers, as in life. */
function overSocket(address: string, browser: Browser, body: string) {
  return new Promise<{ status: number; requestId: string; body: GraphQLAnswer }>((resolve, reject) => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...browser.graphqlHeaders(), host: new URL(publicUrl).host, cookie }
    const sent = httpRequest(`${address}/graphql`, { method: 'POST', headers }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => {
        const requestId = String(response.headers['x-request-id'])
        resolve({ status: response.statusCode ?? 0, requestId, body: JSON.parse(text) as GraphQLAnswer })
      })
    })
    sent.on('error', reject)
    sent.flushHeaders()
    setImmediate(() => sent.end(body))
  })
}
