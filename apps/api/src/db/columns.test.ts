import { DataSource, Entity, IsNull, Table } from 'typeorm'
import { expect, it, onTestFinished } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { createTestApp } from '../testing/create-test-app.js'
import { freshDatabase } from '../testing/fresh-database.js'
import {
  Flag,
  Id,
  Integer,
  Json,
  Reference,
  SealedText,
  Text,
  timeBefore,
  timeUntil,
  Timestamp,
} from './columns.js'

@Entity('every_kind')
class EveryKind {
  @Id()
  id: string

  @Reference({ nullable: true })
  elsewhere: string | null

  @Text({ nullable: true })
  text: string | null

  @Integer({ nullable: true })
  integer: number | null

  @Flag()
  flag: boolean

  @Timestamp()
  at: Date

  @Timestamp({ nullable: true })
  until: Date | null

  @Json({ nullable: true })
  json: unknown

  @SealedText({ nullable: true })
  sealed: string | null
}

/** A table with a column of each kind, in the types that the migrations use. */
async function tableOfEveryKind(): Promise<DataSource> {
  const place = await freshDatabase()
  const source = await new DataSource({
    ...(place.kind === 'sqlite'
      ? { type: 'sqlite', database: place.path }
      : { type: 'postgres', url: place.url.reveal() }),
    entities: [EveryKind],
  }).initialize()
  onTestFinished(() => source.destroy())
  const optional = (name: string, type: string) => ({ name, type, isNullable: true })
  const runner = source.createQueryRunner()
  await runner.createTable(
    new Table({
      name: 'every_kind',
      columns: [
        { name: 'id', type: 'text', isPrimary: true },
        optional('elsewhere', 'text'),
        optional('text', 'text'),
        optional('integer', 'integer'),
        { name: 'flag', type: 'boolean' },
        { name: 'at', type: 'bigint' },
        optional('until', 'bigint'),
        optional('json', 'text'),
        optional('sealed', 'text'),
      ],
    }),
  )
  await runner.release()
  return source
}

const moment = new Date('2026-03-01T12:00:00.123Z')
const row = (changes: Partial<EveryKind>): EveryKind => ({
  id: 'a',
  elsewhere: 'b',
  text: 'Ähnlich 🐪 \' " % _ \\ \n',
  integer: 2_147_483_647,
  flag: true,
  at: moment,
  until: new Date(8_640_000_000_000_000),
  json: { nested: [1, 'two', null, { three: true }], 'quote"': "'" },
  sealed: 'v1.k.a.b.c.d',
  ...changes,
})

it('gives back every kind of column as it was put in', async () => {
  const source = await tableOfEveryKind()
  const rows = [
    row({}),
    row({
      id: 'b',
      elsewhere: null,
      text: null,
      integer: null,
      flag: false,
      until: null,
      json: null,
      sealed: null,
    }),
    row({ id: 'c', text: '', integer: -1, at: new Date(0), until: new Date(-1), json: [], sealed: '' }),
    row({ id: 'd', json: 'text', at: new Date(4_102_444_800_000) }),
    row({ id: 'e', json: false }),
    row({ id: 'f', json: {} }),
  ]
  await source.manager.insert(EveryKind, rows as never)
  expect(await source.manager.find(EveryKind, { order: { id: 'ASC' } })).toEqual(rows)
  const [found] = await source.manager.findBy(EveryKind, { id: 'a' })
  expect([found?.at instanceof Date, typeof found?.flag, typeof found?.integer]).toEqual([
    true,
    'boolean',
    'number',
  ])
  expect(await source.manager.countBy(EveryKind, { until: IsNull(), flag: false })).toBe(1)
  await source.manager.update(
    EveryKind,
    { id: 'a' },
    { until: null, json: null as never, flag: false, at: new Date(5) },
  )
  expect(await source.manager.findOneBy(EveryKind, { id: 'a' })).toMatchObject({
    until: null,
    json: null,
    flag: false,
    at: new Date(5),
  })
})

it('compares times in a find, an update and a delete alike, to the millisecond', async () => {
  const source = await tableOfEveryKind()
  const { manager } = source
  const later = new Date(moment.getTime() + 1)
  await manager.insert(EveryKind, [
    row({ id: 'on', at: moment }),
    row({ id: 'after', at: later }),
    // As texts, 9… would come after 1…
    row({ id: 'long before', at: new Date(999) }),
  ] as never)
  const ids = async () => (await manager.find(EveryKind, { order: { id: 'ASC' } })).map(({ id }) => id)

  expect(await manager.countBy(EveryKind, { at: timeBefore(moment) })).toBe(1)
  expect(await manager.countBy(EveryKind, { at: timeUntil(moment) })).toBe(2)
  expect(await manager.countBy(EveryKind, { at: timeBefore(later) })).toBe(2)
  expect((await manager.update(EveryKind, { at: timeBefore(moment) }, { text: 'before' })).affected).toBe(1)
  expect(
    (await manager.update(EveryKind, { id: 'on', at: timeBefore(moment) }, { text: 'x' })).affected,
  ).toBe(0)
  expect(
    (await manager.update(EveryKind, { id: 'on', at: timeUntil(moment) }, { text: 'until' })).affected,
  ).toBe(1)
  expect((await manager.delete(EveryKind, { at: timeBefore(moment) })).affected).toBe(1)
  expect(await ids()).toEqual(['after', 'on'])
  expect((await manager.delete(EveryKind, { at: timeUntil(moment) })).affected).toBe(1)
  expect(await ids()).toEqual(['after'])
})

it('refuses a condition with nothing in it, rather than take the first row', async () => {
  const { app } = await createTestApp()
  for (const nothing of [null, undefined]) {
    await expect(app.database.reader.findOneBy(AuditEventEntity, { id: nothing as never })).rejects.toThrow()
    await expect(app.database.reader.delete(AuditEventEntity, { id: nothing as never })).rejects.toThrow()
    await expect(app.database.reader.update(AuditEventEntity, { id: nothing as never }, {})).rejects.toThrow()
  }
  await expect(app.database.reader.delete(AuditEventEntity, {})).rejects.toThrow()
})
