import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createTestApp } from '../testing/create-test-app.js'
import { rootKey, runCommand } from '../testing/run-command.js'
import { run } from './run.js'

/** Where the hub has never been. */
async function inEmptyFolder(args: string[], env: Record<string, string> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'optin-hub-cli-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  let out = ''
  let err = ''
  const code = await run(args, {
    env,
    root,
    clock: () => new Date(0),
    fetch: () => Promise.reject(new Error('nobody there')),
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  })
  return { code, out, err, root }
}

it('explains itself on --help', async () => {
  const { code, out } = await inEmptyFolder(['--help'])
  expect(code).toBe(0)
  for (const command of ['doctor', 'fsck', 'keys rotate']) expect(out).toContain(command)
})

it.each([
  [[]],
  [['keys']],
  [['fsckx']],
  [['fsck', 'twice']],
  [['doctor', '--loud']],
  [['keys', 'rotate', '--batches', '0']],
])('shows how it is used when it does not understand %j', async (args) => {
  const { code, out, err } = await inEmptyFolder(args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/^Usage: npm run cli/)
})

it.each(['fsck', 'doctor', 'keys rotate'])(
  'makes neither keys nor a database by looking: %s',
  async (command) => {
    const without = await inEmptyFolder(command.split(' '))
    expect(without.code).toBe(1)
    expect(without.out + without.err).toContain('There are no keys')
    expect(existsSync(join(without.root, '.data'))).toBe(false)

    const withKey = await inEmptyFolder(command.split(' '), { VAULT_KEYS: rootKey('a', 1) })
    expect(withKey.code).toBe(1)
    expect(withKey.out + withKey.err).toContain('There is no database at')
    expect(existsSync(join(withKey.root, '.data'))).toBe(false)
  },
)

it('names every faulty setting and repeats no value', async () => {
  const { code, err } = await inEmptyFolder(['doctor'], { PORT: 'canary', VAULT_KEYS: 'a:canary' })
  expect(code).toBe(1)
  expect(err).toMatch(/PORT[^]*VAULT_KEYS/)
  expect(err).not.toContain('canary')
})

it('refuses a database of another environment, and one that cannot be reached, without its password', async () => {
  const world = await createTestApp({ environment: { VAULT_KEYS: rootKey('a', 1) } })
  const credentials = ['CONSUMER_RETURNS', 'REVERSE_LOGISTICS', 'PICKUP_MANAGER', 'DATA_MANAGEMENT', 'RATING']
  const cie = Object.fromEntries(
    credentials.flatMap((id) => [
      [`UPS_${id}_CLIENT_ID`, `id-${id}`],
      [`UPS_${id}_CLIENT_SECRET`, 'secret'],
    ]),
  )
  const elsewhere = await runCommand(world, 'fsck', { ...cie, UPS_ENVIRONMENT: 'cie' })
  expect([elsewhere.code, elsewhere.err]).toEqual([
    1,
    expect.stringContaining('This database belongs to UPS_ENVIRONMENT=stand-in.') as string,
  ])
  const away = await runCommand(world, 'fsck', {
    DATABASE_URL: 'postgres://hub:canary-Pa55word@127.0.0.1:1/hub',
  })
  expect(away.code).toBe(1)
  expect(away.err).toMatch(/^It did not work: .+ECONNREFUSED/)
  expect(away.err).not.toContain('canary')
})
