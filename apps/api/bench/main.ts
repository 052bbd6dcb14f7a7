import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { ownPostgres, sqliteEngine, type Engine } from '../torture/engine.js'
import { alikePairs } from './alike.js'
import { companyLists } from './companies.js'
import { besideNoise } from './neighbours.js'
import { orderLists } from './orders.js'
import { readRates } from './readers.js'
import { refreshRates } from './refreshes.js'
import { sizes } from './sizes.js'
import { startTimes } from './start.js'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    small: { type: 'string', default: '1000' },
    large: { type: 'string', default: '1000000' },
    companies: { type: 'string', default: '100000' },
    only: { type: 'string', default: 'start,refreshes,reads,neighbours,sizes,companies,orders,alike' },
  },
})

function row(what: string, measured: string, bar: string): void {
  console.log(`  ${what.padEnd(46)}${measured.padEnd(44)}${bar}`)
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`

function ratioRow(what: string, { small, large }: { small: number; large: number }, bar = 1.2): void {
  const measured = `${(large / small).toFixed(2)}  (${milliseconds(small)} → ${milliseconds(large)})`
  row(what, measured, `bar: 1, at most ${bar}`)
}

const parts = values.only.split(',')

for (const name of values.engine === 'both' ? ['sqlite', 'postgres'] : [values.engine]) {
  const engine = name === 'sqlite' ? sqliteEngine : await ownPostgres()
  try {
    console.log(`\n${name}`)
    if (parts.includes('start')) await startRows(engine)
    if (parts.includes('refreshes')) await refreshRows(engine)
    if (parts.includes('reads')) await readRows(engine)
    if (parts.includes('neighbours')) await neighbourRow(engine)
    if (parts.includes('sizes')) await sizeRows(engine)
    if (parts.includes('companies')) await companyRows(engine)
    if (parts.includes('orders')) await orderRows(engine)
    if (parts.includes('alike')) await alikeRows(engine)
  } finally {
    await engine.close()
  }
}

async function startRows(engine: Engine): Promise<void> {
  const { hub, bare } = await startTimes(engine)
  const measured = `${(hub / bare).toFixed(2)}  (${milliseconds(hub)} of ${milliseconds(bare)})`
  row('ready on existing data, of loading the packages', measured, 'bar: 2.5 or less')
}

async function refreshRows(engine: Engine): Promise<void> {
  const { hub, bare } = await refreshRates(engine)
  const perSecond = `${(hub / bare).toFixed(2)}  (${hub.toFixed(0)} of ${bare.toFixed(0)} per second)`
  row('refreshes of one process, of the bare endpoint', perSecond, 'bar: 0.5 or better')
}

async function readRows(engine: Engine): Promise<void> {
  const rates = await readRates(engine)
  const rated = (what: string, [one, other]: [keyof typeof rates, keyof typeof rates], bar: number) => {
    const [asked, bare] = [rates[one], rates[other]]
    const ratio = (asked.perSecond / bare.perSecond).toFixed(3)
    const measured = `${ratio}  (${asked.perSecond.toFixed(0)} of ${bare.perSecond.toFixed(0)} per second)`
    const cost = `processor time ${(bare.microseconds / asked.microseconds).toFixed(3)} (${asked.microseconds.toFixed(0)} µs)`
    row(what, measured, `bar: ${bar} or better; ${cost}`)
  }
  rated('GET status, of a bare route', ['status', 'bare'], 0.25)
  rated('GET status unchanged, of a bare route', ['unchanged', 'bare'], 0.25)
  rated('GET access token, of a bare route', ['token', 'bare'], 0.06)
  rated('GraphQL tokenStatus, of a bare __typename', ['graphql', 'bareGraphql'], 0.35)
}

async function neighbourRow(engine: Engine): Promise<void> {
  const { alone, beside, refused } = await besideNoise(engine)
  const measured = `${(beside / alone).toFixed(2)}  (${milliseconds(alone)} → ${milliseconds(beside)}, ${refused} refused)`
  row('p99 beside a client at ten times its limit', measured, 'bar: at most 1.2')
}

async function sizeRows(engine: Engine): Promise<void> {
  const of = await sizes(engine, Number(values.small), Number(values.large))
  const grown = `from ${of.small} to ${of.large}`
  ratioRow(`a sweep with 100 due, ${grown}`, of.tick)
  ratioRow(`a sweep with nothing due, ${grown}`, of.idleTick)
  ratioRow(`a status read, ${grown}`, of.statusRead)
}

async function companyRows(engine: Engine): Promise<void> {
  const { small, large, pages } = await companyLists(engine, 1000, Number(values.companies))
  row(`a page of companies, from ${small} to ${large}`, '', '')
  for (const [what, times] of Object.entries(pages)) ratioRow(`- ${what}`, times, 1.5)
}

async function orderRows(engine: Engine): Promise<void> {
  const { small, large, pages } = await orderLists(engine, Number(values.small), Number(values.large))
  row(`a page of sales orders, from ${small} to ${large}`, '', '')
  for (const [what, times] of Object.entries(pages)) ratioRow(`- ${what}`, times)
}

async function alikeRows(engine: Engine): Promise<void> {
  for (const { what, one, other } of await alikePairs(engine))
    row(
      what,
      `${(one / other).toFixed(3)}  (${milliseconds(one)} of ${milliseconds(other)})`,
      'bar: 0.9 to 1.1',
    )
}
