import { expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../testing/create-test-app.js'
import { tableDump } from '../testing/table-dump.js'

const person = {
  signInName: 'operator',
  displayName: 'Olga Operator',
  email: 'olga@example.com',
  password: 'a song that nobody sings',
}

async function setUp(world: TestApp, code: string, more: object = {}) {
  const { errors } = await world.browser().query('mutation ($input: SetUpInput!) { setUp(input: $input) }', {
    input: { ...person, code, ...more },
  })
  return errors?.[0]?.extensions.reason ?? 'none'
}

const newCode = async (world: TestApp): Promise<string> =>
  (await world.app.services.setUps.newCode()) ?? 'none'

it('makes the first solution admin by the code of the last start, and never again', async () => {
  const world = await createTestApp()
  const former = await newCode(world)
  const code = await newCode(world)
  expect(code).toMatch(/^([0-9A-F]{4}-){7}[0-9A-F]{4}$/)
  expect(await setUp(world, former)).toBe('SET_UP_REFUSED')
  expect(await setUp(world, '0'.repeat(32))).toBe('SET_UP_REFUSED')
  expect(await setUp(world, code, { password: 'password1' })).toBe('PASSWORD_TOO_COMMON')
  expect(await setUp(world, code, { signInName: 'acme.admin' })).toBe('SIGN_IN_NAME_TAKEN')
  expect(await setUp(world, ` ${code.toLowerCase().replaceAll('-', ' ')}`.trim())).toBe('none')
  expect(await setUp(world, code)).toBe('SET_UP_REFUSED')
  expect(await newCode(world)).toBe('none')

  const admin = world.browser()
  await admin.signIn('operator', person.password)
  expect(await admin.data('{ viewer { isSolutionAdmin email } }')).toEqual({
    viewer: { isSolutionAdmin: true, email: 'olga@example.com' },
  })
})

it('makes one of twenty who come with the code at once', async () => {
  const world = await createTestApp()
  const code = await newCode(world)
  const reasons = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      setUp(world, code, { signInName: `operator${index}`, email: `olga${index}@example.com` }),
    ),
  )
  expect(reasons.filter((reason) => reason === 'none')).toHaveLength(1)
  expect(reasons.filter((reason) => reason === 'SET_UP_REFUSED')).toHaveLength(19)
})

it('has no code in the rehearsal, and stores none anywhere', async () => {
  const world = await createTestApp()
  expect(await setUp(world, '0'.repeat(32))).toBe('SET_UP_REFUSED')
  const code = await newCode(world)
  const dump = JSON.stringify(await tableDump(world.app.database.reader))
  for (const form of [code, code.replaceAll('-', ''), code.replaceAll('-', '').toLowerCase()]) {
    expect(dump).not.toContain(form)
    expect(world.logged.join('')).not.toContain(form)
  }
})
