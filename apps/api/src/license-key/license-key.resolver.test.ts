import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { createSealer } from '../seal.js'
import type { Browser } from '../testing/browser.js'
import { companyIdOf, createTestApp } from '../testing/create-test-app.js'
import { optIn } from '../testing/opt-in.js'
import { signInAs } from '../testing/people.js'
import { tableDump } from '../testing/table-dump.js'
import { LicenseKeyEntity, licenseKeyContext } from './license-key.entity.js'

const key = 'CANARY-0F3A9C55D2E81B7A'
const shown = 'licenseKey { lastFour setAt setBy { displayName } }'
const update = `mutation ($input: UpdateLicenseKeyInput!) { updateLicenseKey(input: $input) { id ${shown} } }`
const remove = `mutation ($companyId: ID!) { removeLicenseKey(companyId: $companyId) { ${shown} } }`

async function acme() {
  const world = await createTestApp()
  const admin = await world.as('acme.admin')
  const companyId = await companyIdOf(admin, 'Acme Outfitters')
  const set = (browser: Browser, value: string) => browser.query(update, { input: { companyId, key: value } })
  const read = async (browser: Browser) =>
    (
      await browser.data<{ company: { licenseKey: object | null } | null }>(
        `query ($id: ID!) { company(id: $id) { ${shown} } }`,
        { id: companyId },
      )
    ).company
  const rows = () => world.app.database.reader.find(LicenseKeyEntity)
  return { world, admin, companyId, set, read, rows }
}

it('takes a key and answers its last four characters, when it was set and by whom, and nothing else ever', async () => {
  const { world, admin, companyId, set, read, rows } = await acme()
  expect(await read(admin)).toEqual({ licenseKey: null })
  const answer = await set(admin, key)
  const known = {
    lastFour: '1B7A',
    setAt: world.clock().toISOString(),
    setBy: { displayName: 'Avery Acme' },
  }
  expect(answer).toEqual({ data: { updateLicenseKey: { id: companyId, licenseKey: known } } })
  expect(await read(admin)).toEqual({ licenseKey: known })
  const viewer = await signInAs(world, { signInName: 'looks.on', roles: { [companyId]: 'VIEWER' } })
  expect(await read(viewer)).toEqual({ licenseKey: known })
  expect((await set(viewer, key)).errors?.[0]?.extensions.reason).toBe('LICENSE_KEY_NOT_YOURS_TO_CHANGE')

  const dump = JSON.stringify(await tableDump(world.app.database.reader))
  for (const places of [dump, world.logged.join('\n')]) expect(places).not.toContain(key.slice(0, -4))
  expect(
    await world.app.database.reader.findBy(AuditEventEntity, { name: 'license_key.updated' }),
  ).toMatchObject([{ companyId, applicationId: 'CONSUMER_RETURNS', details: {} }])

  const [row] = await rows()
  const { sealer } = world.app.services
  const open = (changed: Partial<LicenseKeyEntity>) =>
    sealer
      .open(row?.sealedKey ?? '', licenseKeyContext({ ...(row as LicenseKeyEntity), ...changed }))
      .reveal()
  expect(open({})).toBe(key)
  for (const elsewhere of [{ id: 'other' }, { companyId: 'other' }, { generation: 2 }])
    expect(() => open(elsewhere)).toThrow('could not be opened')
  const stranger = createSealer([{ id: sealer.currentKeyId, key: Buffer.alloc(32, 7) }])
  expect(() => stranger.open(row?.sealedKey ?? '', licenseKeyContext(row as LicenseKeyEntity))).toThrow()
})

it('puts a new key in the place of the former one, and removes it when asked', async () => {
  const { admin, companyId, set, read, rows } = await acme()
  await set(admin, key)
  const [before] = await rows()
  await set(admin, 'ANOTHER-KEY-OF-UPS-9999')
  const [after, ...others] = await rows()
  expect(others).toEqual([])
  expect(after).toMatchObject({ id: before?.id, generation: 2, lastFour: '9999' })

  expect(await admin.data(remove, { companyId })).toEqual({ removeLicenseKey: { licenseKey: null } })
  expect([await read(admin), await rows()]).toEqual([{ licenseKey: null }, []])
  const again = await admin.query(remove, { companyId })
  expect(again.errors?.[0]?.extensions).toMatchObject({
    code: 'CONFLICT',
    reason: 'LICENSE_KEY_NOT_CONFIGURED',
  })
})

it('asks for the password once more before it takes a key, and refuses what is none', async () => {
  const { world, admin, set, rows } = await acme()
  for (const wrong of ['short', 'with blanks in between', 'x'.repeat(65), 'ends-with-a-line\n'])
    expect((await set(admin, wrong)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  world.clock.advance(11 * 60_000)
  expect((await set(admin, key)).errors?.[0]?.extensions.reason).toBe('FRESH_AUTHENTICATION_REQUIRED')
  expect(await rows()).toEqual([])
})

it('shows a solution admin no key before the company has authorized Consumer Returns, and lets them change none', async () => {
  const { world, admin, set, read } = await acme()
  await set(admin, key)
  const solution = await world.as('solution.admin')
  expect(await read(solution)).toBeNull()
  await optIn(world, admin, 'RATING')
  expect(await read(solution)).toEqual({ licenseKey: null })
  expect((await set(solution, key)).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
  await optIn(world, admin, 'CONSUMER_RETURNS')
  expect(await read(solution)).toMatchObject({ licenseKey: { lastFour: '1B7A' } })
  expect((await set(solution, key)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
})

it('destroys the key of a company that is removed', async () => {
  const { admin, companyId, set, rows } = await acme()
  await set(admin, key)
  await admin.data('mutation ($id: ID!) { removeCompany(id: $id) }', { id: companyId })
  expect(await rows()).toEqual([])
})
