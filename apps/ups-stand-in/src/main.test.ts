import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signInAndAgree } from './stand-in.js'
import { ACME, basic, RATING } from './testing/rehearsal.js'

/** The built program, as turbo builds it before the tests. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const children: ChildProcess[] = []
let file: string

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'stand-in-')), 'stand-in.json')
  writeFileSync(file, JSON.stringify({ applications: [RATING] }))
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function forked(...args: string[]): ChildProcess {
  const child = fork(MAIN, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  children.push(child)
  return child
}

async function started(port = 0): Promise<{ child: ChildProcess; url: string }> {
  const child = forked('--file', file, '--port', String(port))
  const [message] = (await once(child, 'message')) as [{ ready: boolean; url: string }]
  return { child, url: message.url }
}

async function refusal(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = forked(...args)
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said: said.trim() }
}

function post(url: string, fields: Record<string, string>): Promise<Response> {
  const headers = { authorization: basic(RATING) }
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers })
}

async function optIn(url: string): Promise<Record<string, string>> {
  const { clientId, redirectUri } = RATING
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, response_type: 'code' })
  const callback = await signInAndAgree({ fetch }, `${url}/security/v1/oauth/authorize?${query}`, ACME)
  const code = callback.searchParams.get('code') ?? ''
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
  return (await (await post(`${url}/security/v1/oauth/token`, fields)).json()) as Record<string, string>
}

const refresh = (url: string, token: string | undefined) =>
  post(`${url}/security/v1/oauth/refresh`, { grant_type: 'refresh_token', refresh_token: token ?? '' })

const control = (url: string, verb: string, input: unknown) =>
  fetch(`${url}/control/${verb}`, { method: 'POST', body: JSON.stringify(input) })

describe('the program', () => {
  it('says on one line of JSON where it listens', async () => {
    const child = forked('--file', file, '--port', '0')
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
    expect(JSON.parse(line.toString())).toEqual({
      ready: true,
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    })
  })

  // UPS: some clients look for `Location` in exactly this spelling.
  it('spells the headers as UPS does', async () => {
    const { url } = await started()
    const query = new URLSearchParams({
      client_id: RATING.clientId,
      redirect_uri: RATING.redirectUri,
      response_type: 'code',
    })
    const { get } = await import('node:http')
    const [answer] = (await once(get(`${url}/security/v1/oauth/authorize?${query}`), 'response')) as [
      import('node:http').IncomingMessage,
    ]
    answer.resume()
    expect(answer.rawHeaders).toEqual(expect.arrayContaining(['Location', 'appname', 'displayname']))
  })

  it('keeps grants and passwords over a kill, in a file that only its owner reads and that holds no token', async () => {
    const first = await started()
    const tokens = await optIn(first.url)
    const second = (await (await refresh(first.url, tokens['refresh_token'])).json()) as Record<
      string,
      string
    >
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    const path = file.replace('.json', '-state.json')
    const state = readFileSync(path, 'utf8')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    for (const value of [tokens['refresh_token'], second['refresh_token'], second['access_token']]) {
      expect(state).not.toContain(value)
    }
    const { url } = await started()
    expect((await refresh(url, tokens['refresh_token'])).status).toBe(400)
    expect((await refresh(url, second['refresh_token'])).status).toBe(200)
  })

  it('ends when the parent lets go of it', async () => {
    const { child } = await started()
    child.disconnect()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('ends on SIGTERM although a request hangs', async () => {
    const { child, url } = await started()
    await control(url, 'faults', { endpoint: 'refresh', kind: 'hang-before' })
    const hanging = refresh(url, 'x').catch((error: Error) => error.message)
    await expect.poll(async () => (await fetch(`${url}/control/ledger`)).text()).toContain('hang-before')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(await hanging).toBe('fetch failed')
  })
})

describe('faults over a real connection', () => {
  it.each(['reset-before', 'reset-after'])('%s breaks the connection', async (kind) => {
    const { url } = await started()
    await control(url, 'faults', { endpoint: 'refresh', kind })
    const cause = await refresh(url, 'x').catch((error: Error) => error.cause as { code: string })
    expect(cause).toMatchObject({ code: 'ECONNRESET' })
  })

  it('partial breaks off in the middle of the body', async () => {
    const { url } = await started()
    await control(url, 'faults', { endpoint: 'refresh', kind: 'partial' })
    const answer = await refresh(url, 'x')
    expect(answer.headers.get('content-type')).toBe('application/json')
    await expect(answer.text()).rejects.toThrow('terminated')
  })

  it('refuses a body beyond 64 KiB', async () => {
    const { url } = await started()
    expect((await refresh(url, 'x'.repeat(70_000))).status).toBe(413)
  })
})

describe('a start that cannot be', () => {
  it('says that the port is taken', async () => {
    const { url } = await started()
    const { port } = new URL(url)
    const { code, said } = await refusal('--file', file, '--port', port)
    expect({ code, said }).toEqual({
      code: 1,
      said: `Port ${port} is taken by another program; give another --port.`,
    })
  })

  it.each([
    ['no file is named', [], 'It must be told which applications to know. Usage:'],
    ['the file is missing', ['--file', '/no/such.json'], '/no/such.json cannot be read.'],
    ['the port is none', ['--file', 'x', '--port', 'http'], '--port http is not a port number. Usage:'],
    [
      'others could reach it',
      ['--file', 'x', '--host', '0.0.0.0'],
      '--host 0.0.0.0 is not this machine alone',
    ],
    ['an option is unknown', ['--prot', '1'], 'Usage:'],
  ])('says in one sentence that %s', async (_what, args, sentence) => {
    const { code, said } = await refusal(...args)
    expect(code).toBe(1)
    expect(said).toContain(sentence)
    expect(said).not.toMatch(/\n\s+at /)
  })

  it('says that the state file is not its own', async () => {
    writeFileSync(file.replace('.json', '-state.json'), '{"version":0}')
    const { code, said } = await refusal('--file', file, '--port', '0')
    expect(code).toBe(1)
    expect(said).toContain('is not one of this version; delete it to begin anew.')
  })
})
