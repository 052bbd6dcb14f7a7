import { createHash, randomBytes } from 'node:crypto'
import fastify from 'fastify'
import { Secret } from '@optin-hub/oauth-client'
import { describe, expect, it } from 'vitest'
import { defineErrors } from './errors.js'
import { createLogger, type Logger } from './log.js'
import { createSealer } from './seal.js'

interface Capture {
  log: Logger
  lines: string[]
  last(): Record<string, unknown>
  text(): string
}

function capture(): Capture {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createLogger({ level: 'debug', destination, clock: () => new Date('2026-01-02T03:04:05.678Z') })
  const last = () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>
  return { log, lines, last, text: () => lines.join('') }
}

const logErrors = defineErrors({ LOG_TESTED: { code: 'CONFLICT', message: 'Tested.' } })

describe('a log line', () => {
  it('is JSON with level, time, message and the fields that were given', () => {
    const { log, lines, last } = capture()
    log.info({ requestId: 'r-1', generation: 3, application: 'RATING' }, 'refreshed')
    expect(lines).toHaveLength(1)
    expect(last()).toEqual({
      level: 'info',
      time: '2026-01-02T03:04:05.678Z',
      requestId: 'r-1',
      generation: 3,
      application: 'RATING',
      msg: 'refreshed',
    })
  })

  it('has allowed fields only, and says which names it left out', () => {
    const { log, last, text } = capture()
    log.info({ body: 'canary', headers: { cookie: 'canary' }, password: 'canary', count: 1 }, 'x')
    expect(text()).not.toContain('canary')
    expect(last()).toMatchObject({ count: 1, dropped: ['body', 'headers', 'password'] })
  })

  it('holds to that for what a child logger was given, too', () => {
    const { log, last, text } = capture()
    log.child({ requestId: 'r-2', token: 'canary' }).child({ cookie: 'canary' }).warn('x')
    expect(text()).not.toContain('canary')
    expect(last()).toMatchObject({ requestId: 'r-2', dropped: ['token', 'cookie'] })
  })

  it('has no room for a whole object, in a field or in the message', () => {
    const { log, text, last } = capture()
    log.info(
      { event: { password: 'canary' }, err: { body: 'canary' } },
      'sent %j and %o',
      { pin: 'canary' },
      ['canary'],
    )
    expect(text()).not.toContain('canary')
    expect(last()).toMatchObject({ event: '[object]', msg: "sent '[object]' and '[object]'" })
  })

  it('keeps quiet below its level', () => {
    const lines: string[] = []
    createLogger({ level: 'warn', destination: { write: (line) => void lines.push(line) } }).info('x')
    expect(lines).toEqual([])
  })
})

describe('a credential', () => {
  const opaque = randomBytes(32).toString('base64url')
  const code = `AbCdEf12-${'U2FsdGVkX18xMjM0NTY3ODkw/+'.repeat(4)}==`
  const jwt = ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJjYW5hcnkifQ9', 'c2lnbmF0dXJlLWNhbmFyeS0x'].join('.')
  const sealer = createSealer([{ id: 'k1', key: createHash('sha256').update('k1').digest() }])
  const place = { table: 't', rowId: 'r', column: 'c', companyId: null, application: null, generation: null }

  const texts: [string, string, string][] = [
    ['an opaque token', `answered ${opaque} at once`, opaque],
    ['a token in hexadecimal', createHash('sha256').update('x').digest('hex'), '2d711642'],
    ['an authorization code of UPS', `posted ${code}`, 'U2FsdGVkX18xMjM0'],
    ['a token of three parts', jwt, 'c2lnbmF0dXJl'],
    ['a sealed value', sealer.seal(Secret.of('canary'), place), 'v1.k1.'],
    ['a bearer header', 'authorization: Bearer canary-1', 'canary-1'],
    ['a basic header', 'sent basic Y2FuYXJ5OjE=', 'Y2FuYXJ5'],
    ['a code and a state in a URL', '/oauth/callback/rating?code=canary1&state=canary2&scope=read', 'canary'],
    ['a code in a URL in a URL', 'returnTo=%2Fcallback%3Fcode%3Dcanary%26state%3Dcanary', 'canary'],
    ['a form', 'grant_type=refresh_token&refresh_token=canary&client_secret=canary', 'canary'],
    ['a cookie', 'cookie: optin-hub-session=canary', 'canary'],
    ['a session in a header', 'set __Host-optin-hub-session=canary; HttpOnly', 'canary'],
    ['JSON', '{"access_token":"canary one","expires_in":"3599"}', 'canary'],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ refresh_token: 'canary' })), 'canary'],
    ['a password in words', "password: 'canary two'", 'canary'],
    [
      'a variable that GraphQL refused',
      'Variable "$input" got invalid value { password: "canary" }; Field x',
      'canary',
    ],
    ['a value that a scalar refused', 'String cannot represent a non string value: canary', 'canary'],
    ['a body that is not JSON', 'Unexpected token \'c\', "canary" is not valid JSON', 'canary'],
  ]
  it.each(texts)('is taken out of the message: %s', (_what, text, secret) => {
    const { log, text: written } = capture()
    expect(text).toContain(secret)
    log.error(text)
    log.error('with %s inside', text)
    log.error(new Error(text))
    log.error({ reason: text, url: text, setting: [text] }, 'x')
    expect(written()).not.toContain(secret)
    expect(written()).toMatch(/redacted|not valid JSON/)
  })

  it('is taken out even where the line is cut', () => {
    for (let before = 4060; before < 4100; before += 1) {
      const { log, text } = capture()
      log.info(`${'a '.repeat(before / 2)} ${opaque}`)
      expect(text()).not.toContain(opaque.slice(0, 8))
    }
  })

  it('is not mistaken for the code of an error', () => {
    const { log, last } = capture()
    log.info({ code: 'CONFLICT' }, 'x')
    expect(last().code).toBe('CONFLICT')
    log.info({ code: 'splXlOBe' }, 'x')
    expect(last().code).toBe('[redacted]')
  })

  it('as a Secret shows nothing in any position', () => {
    const { log, text } = capture()
    const secret = Secret.of('canary')
    log.info({ reason: secret, event: [secret] }, 'x %s %j', secret, { secret })
    expect(text()).not.toContain('canary')
  })

  const harmless = [
    'authorization 0190f5c2-7b4a-7cc1-9a61-3f1f5be1d2aa of company 0190f5c2-7b4a-7cc1-9a61-3f1f5be1d2ab',
    'reason AUTHORIZATION_REFUSED_BY_UPS_AFTER_A_PASSWORD_CHANGE',
    'listening on http://127.0.0.1:4000, data in /srv/opt-in-hub/.data/hub.db',
    'migration 0001-initial at 2026-01-02T03:04:05.678Z took 12 ms',
    'code: 250002, state: AUTHORIZED, tokens of generation 3',
    'at AuthorizationService.completeOptIn (file:///srv/hub/apps/api/dist/authorization/authorization.service.js:120:15)',
  ]
  it.each(harmless)('is not seen where there is none: %s', (text) => {
    const { log, last } = capture()
    log.info(text)
    expect(last().msg).toBe(text)
  })
})

describe('an error', () => {
  it('is written with name, code, reason, message and the frames of its stack', () => {
    const { log, last } = capture()
    log.error({ err: logErrors.LOG_TESTED() }, 'failed')
    const err = last().err as Record<string, string>
    expect(err).toMatchObject({
      name: 'DomainError',
      code: 'CONFLICT',
      reason: 'LOG_TESTED',
      message: 'Tested.',
    })
    expect(err.stack?.split('\n')[0]).toMatch(/^\s+at .*log\.test/)
  })

  it('names and locates its causes, but never quotes them or what was attached to them', () => {
    const { log, last, text } = capture()
    const body = Object.assign(new Error('canary body'), {
      code: 'ECONNRESET',
      response: 'canary',
      query: 'canary',
    })
    log.error(logErrors.LOG_TESTED({ cause: new TypeError('canary', { cause: body }) }))
    expect(text()).not.toContain('canary')
    expect((last().err as { causes: object[] }).causes).toMatchObject([
      { name: 'TypeError' },
      { name: 'Error', code: 'ECONNRESET' },
    ])
  })

  it('may be its own cause, or no error at all', () => {
    const { log, last } = capture()
    const circle = new Error('round')
    circle.cause = circle
    log.error(circle)
    expect((last().err as { causes: object[] }).causes).toHaveLength(5)
    log.error({ err: 'canary' }, 'thrown')
    expect(last().err).toEqual({ name: 'not an error: string' })
  })
})

describe('hostile text', () => {
  const hostile = 'one\r\n{"level":"fatal"}\u2028two\u2029\u0085\u001b[31mred\u009b0m\u0000\u202eback\ufeff'

  it('stays one line, in every position', () => {
    const { log, lines } = capture()
    log
      .child({ requestId: hostile })
      .info({ reason: hostile, [hostile]: 1, err: new Error(hostile) }, hostile)
    expect(lines).toHaveLength(1)
    expect(lines[0]?.slice(-1)).toBe('\n')
    expect(lines[0]?.slice(0, -1)).not.toMatch(/[\p{Control}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u)
  })

  it('is still there to be read', () => {
    const { log, last } = capture()
    log.info(hostile)
    expect(last().msg).toBe(hostile)
  })

  const long: [string, string][] = [
    ['words', 'words '.repeat(170_000)],
    ['one run', 'a'.repeat(1_000_000)],
    ['escapes', '\u001b'.repeat(1_000_000)],
    ['line separators', '\u2028'.repeat(1_000_000)],
    ['characters of four bytes', '😀'.repeat(250_000)],
    ['openings of quotes', 'token:"'.repeat(140_000)],
    ['openings of JSON', 'password\\\\"'.repeat(90_000)],
  ]
  it.each(long)('of 1 MB is cut to 8 KiB and stays JSON: %s', (_what, text) => {
    const { log, lines, last } = capture()
    const fields = {
      requestId: text,
      reason: text,
      event: text,
      url: text,
      setting: Array<string>(60).fill(text.slice(0, 9000)),
    }
    log.info(text)
    log.info(fields, text)
    log.error(new Error(text))
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(8192)
    expect(last()).toMatchObject({ level: 'error' })
  })
})

describe('as the logger of Fastify', () => {
  it('writes requests without query, headers or body, under the id of the request', async () => {
    const { log, lines, text } = capture()
    const server = fastify({ loggerInstance: log, genReqId: () => 'r-7' })
    server.post('/oauth/callback/:slug', (request) => {
      request.log.info({ body: request.body, headers: request.headers }, 'called')
      return {}
    })
    await server.inject({
      method: 'POST',
      url: '/oauth/callback/rating?code=canary&state=canary',
      headers: { authorization: 'Bearer canary', cookie: 'optin-hub-session=canary' },
      payload: { password: 'canary' },
    })
    await server.close()
    expect(text()).not.toContain('canary')
    const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(records.map(({ reqId, msg }) => [reqId, msg])).toEqual([
      ['r-7', 'incoming request'],
      ['r-7', 'called'],
      ['r-7', 'request completed'],
    ])
    expect(records[0]?.req).toEqual({ method: 'POST', path: '/oauth/callback/rating', address: '127.0.0.1' })
    expect(records[2]?.res).toEqual({ statusCode: 200 })
  })

  it('writes what a route threw once, with its stack', async () => {
    const { log, lines } = capture()
    const server = fastify({ loggerInstance: log })
    server.get('/', () => {
      throw new Error('no such table: dishes')
    })
    await server.inject('/')
    await server.close()
    const errors = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ err }) => err)
    expect(errors).toMatchObject([
      { level: 'error', err: { name: 'Error', message: 'no such table: dishes' } },
    ])
  })
})
