import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { CompanyEntity } from '../company/company.entity.js'
import { joinAs } from '../testing/invitations.js'
import { tokenFor } from '../testing/letters.js'
import { createTestApp, type TestApp } from '../testing/create-test-app.js'
import { runCommand } from '../testing/run-command.js'

const write = ({ dataDir }: TestApp, text: string): void =>
  writeFileSync(join(dataDir, 'customers.csv'), text)
const companies = ({ app }: TestApp) => app.database.reader.count(CompanyEntity)

it('imports a file beside a running hub, after a dry run that changed nothing', async () => {
  const world = await createTestApp()
  write(world, 'company,applications\nZeta,rating\nEta,rating;pickup-manager\n')
  const before = await companies(world)
  expect(await runCommand(world, 'import customers.csv --dry-run')).toMatchObject({
    code: 0,
    out: 'The file is in order: companies: 2, enrolments: 3. Nothing was imported.\n',
  })
  expect(await companies(world)).toBe(before)
  const { code, out, err } = await runCommand(world, 'import customers.csv')
  expect([code, out]).toEqual([0, 'Imported companies: 2, enrolments: 3.\n'])
  expect(err).toContain('reading: 100 %\nwriting: 100 %\n')
  expect(await companies(world)).toBe(before + 2)
  const recorded = await world.app.database.reader.findBy(AuditEventEntity, { name: 'company.imported' })
  expect(recorded.map(({ actorId }) => actorId)).toEqual([null, null])
  expect(await runCommand(world, 'import customers.csv')).toMatchObject({
    code: 1,
    err: expect.stringContaining('This very file was imported before') as string,
  })
})

it('names what is wrong by line, and imports nothing then', async () => {
  const world = await createTestApp()
  write(world, `company,applications\nZeta,tracking\n${'=1,\n'.repeat(150)}`)
  const { code, out } = await runCommand(world, 'import customers.csv')
  expect(code).toBe(1)
  expect(out.split('\n').slice(0, 2)).toEqual([
    expect.stringContaining('line 2, applications: "tracking" is none.') as string,
    'line 3, company: begins like a formula. Take away the first character.',
  ])
  expect(out).toContain('and 51 more.\nNothing was imported. Mend the file and try again.\n')
  expect(await companies(world)).toBe(2)
})

it('invites people in the name of the solution admin that it is told, as the deed of nobody', async () => {
  const world = await createTestApp()
  write(world, 'company,admin e-mail\nZeta,ann@zeta.example\n')
  for (const nobody of ['acme.admin', 'nobody']) {
    const { code, err } = await runCommand(world, `import customers.csv --as ${nobody}`)
    expect([code, err]).toEqual([1, `There is no solution admin with the sign in name ${nobody}.\n`])
  }
  expect(await runCommand(world, 'import customers.csv --as Solution.admin')).toMatchObject({
    code: 0,
    out: 'Imported companies: 1, enrolments: 0, invitations: 1.\n',
  })
  const token = await tokenFor(world, 'ann@zeta.example', '/invitation')
  const ann = await joinAs(world, token, 'ann')
  expect(await ann.data('{ viewer { memberships { role company { name } } } }')).toEqual({
    viewer: { memberships: [{ role: 'ADMIN', company: { name: 'Zeta' } }] },
  })
  const sent = await world.app.database.reader.findBy(AuditEventEntity, { name: 'invitation.sent' })
  expect(sent.map(({ actorId }) => actorId)).toEqual([null])
})

it('invites nobody in the name of nobody', async () => {
  const world = await createTestApp()
  write(world, 'company,admin e-mail\nZeta,ann@zeta.example\n')
  for (const command of ['import customers.csv', 'import customers.csv --dry-run']) {
    const { code, err } = await runCommand(world, command)
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('An invitation names who invites. Say it with --as') as string,
    ])
  }
  expect(await companies(world)).toBe(2)
})

it.each([
  ['import', 2],
  ['import one.csv two.csv', 2],
  ['import customers.csv --force', 2],
  ['import missing.csv', 1],
])('understands "%s" as it is meant', async (command, code) => {
  const world = await createTestApp()
  const ran = await runCommand(world, command)
  expect(ran.code).toBe(code)
  expect(ran.err).toContain(code === 2 ? 'Usage:' : 'cannot be read: ENOENT')
})
