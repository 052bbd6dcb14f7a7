import { describe, expect, it } from 'vitest'
import { createSchema } from '../../schema.js'
import { isObjectRow, type ObjectRow, type Row, type Verdict } from './row.js'
import { rows } from './rows.js'
import {
  callerNames,
  createScene,
  owners,
  type Answer,
  type CallerName,
  type Column,
  type Owner,
  type Scene,
} from './scene.js'
import { tableDump } from '../table-dump.js'

const columns: readonly Column[] = [...owners, 'absent', 'malformed']

function verdictOf(row: Row, caller: CallerName, column: Column): Verdict {
  const verdicts = row.verdicts[caller]
  if (!isObjectRow(row)) return (typeof verdicts === 'string' ? verdicts : undefined) ?? row.otherwise
  if (typeof verdicts === 'string') return verdicts
  return (column !== 'absent' && column !== 'malformed' && verdicts?.[column]) || 'nothing'
}

/** What came, in the words of the table. */
function verdictIn({ body }: Answer, name: string): Verdict {
  const [error] = body.errors ?? []
  if (error) return error.extensions.code === 'NOT_FOUND' ? 'nothing' : (error.extensions.code as Verdict)
  const value = body.data?.[name.split('.')[1] ?? ''] as { edges?: unknown[] } | unknown[] | null | undefined
  const row = rows[name]
  const items = Array.isArray(value) ? value.filter((item) => item !== null) : value?.edges
  const isEmpty = row !== undefined && isObjectRow(row) && items?.length === 0
  return value === null || isEmpty ? 'nothing' : 'answer'
}

/** What a request may leave behind although it was refused. */
async function everythingElse({ world }: Scene): Promise<unknown> {
  const dump = Object.entries(await tableDump(world.app.database.reader))
  return dump.filter(([table]) => !/^(audit_|sessions$)/.test(table))
}

const objectRows = Object.entries(rows).filter((entry): entry is [string, ObjectRow] => isObjectRow(entry[1]))

it('has a row for each operation of the schema, and none for another', () => {
  const schema = createSchema()
  const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
  )
  expect(Object.keys(rows).sort()).toEqual(operations.sort())
})

it('refuses each caller what is not theirs, exactly as if it did not exist, and changes nothing', async () => {
  const scene = await createScene()
  const before = await everythingElse(scene)
  const wrong: string[] = []
  for (const [name, row] of objectRows) {
    for (const caller of callerNames) {
      const nothings = new Map<string, string>()
      for (const column of columns) {
        const expected = verdictOf(row, caller, column)
        if (expected === 'answer') continue
        const answer = await scene.ask(caller, row.document, row.variables(scene.targets[column]))
        const cell = `${name} · ${caller} · ${column}`
        const found = verdictIn(answer, name)
        if (found !== expected) wrong.push(`${cell}: ${found} instead of ${expected}`)
        if (expected === 'nothing') nothings.set(answer.comparable, cell)
      }
      if (nothings.size > 1) wrong.push(`${[...nothings.values()].join(' differs from ')}`)
    }
  }
  expect(wrong).toEqual([])
  expect(await everythingElse(scene)).toEqual(before)
}, 120_000)

describe('answers who may', () => {
  it('where no object is named', async () => {
    const scene = await createScene()
    const wrong: string[] = []
    // Goodbyes come last: what follows them would be asked by nobody.
    const plain = Object.entries(rows).sort(([a], [b]) => goodbyes.indexOf(a) - goodbyes.indexOf(b))
    for (const [name, row] of plain) {
      if (isObjectRow(row)) continue
      for (const caller of callerNames) {
        const found = verdictIn(await scene.ask(caller, row.document, row.variables ?? {}), name)
        const expected = verdictOf(row, caller, 'A')
        if (found !== expected) wrong.push(`${name} · ${caller}: ${found} instead of ${expected}`)
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)

  it('and ends nothing', async () => {
    const scene = await createScene()
    const wrong: string[] = []
    for (const [name, row] of objectRows) {
      if (row.ends !== true) wrong.push(...(await unanswered(scene, { name, row }, answeredCells(row))))
    }
    expect(wrong).toEqual([])
  }, 120_000)

  it.each(objectRows.filter(([, row]) => row.ends === true))('and ends it: %s', async (name, row) => {
    for (const round of roundsOf(answeredCells(row))) {
      expect(await unanswered(await createScene(), { name, row }, round)).toEqual([])
    }
  })
})

type Cell = [CallerName, Owner]

const goodbyes = ['Mutation.eraseMyAccount', 'Mutation.signOut']

const answeredCells = (row: ObjectRow): Cell[] =>
  callerNames.flatMap((caller) =>
    owners
      .filter((owner) => verdictOf(row, caller, owner) === 'answer')
      .map((owner): Cell => [caller, owner]),
  )

async function unanswered(
  scene: Scene,
  { name, row }: { name: string; row: ObjectRow },
  cells: readonly Cell[],
): Promise<string[]> {
  const wrong: string[] = []
  for (const [caller, owner] of cells) {
    const target = typeof row.ends === 'function' ? await row.ends(scene, owner) : scene.targets[owner]
    const answer = await scene.ask(caller, row.document, row.variables(target))
    const found = verdictIn(answer, name)
    if (found !== 'answer')
      wrong.push(`${name} · ${caller} · ${owner}: ${found}, ${JSON.stringify(answer.body)}`)
  }
  return wrong
}

/** Each object once in a round. */
function roundsOf(cells: readonly Cell[]): Cell[][] {
  const rounds: Cell[][] = []
  for (const cell of cells) {
    const round = rounds.find((one) => one.every(([, owner]) => owner !== cell[1]))
    if (round) round.push(cell)
    else rounds.push([cell])
  }
  return rounds
}
