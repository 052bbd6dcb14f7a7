import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { ownPostgres, sqliteEngine } from '../torture/engine.js'
import { refreshRates } from './refreshes.js'
import { sizes } from './sizes.js'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    small: { type: 'string', default: '1000' },
    large: { type: 'string', default: '1000000' },
  },
})

function row(what: string, measured: string, bar: string): void {
  console.log(`  ${what.padEnd(46)}${measured.padEnd(44)}${bar}`)
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`

function ratioRow(what: string, { small, large }: { small: number; large: number }): void {
  const measured = `${(large / small).toFixed(2)}  (${milliseconds(small)} → ${milliseconds(large)})`
  row(what, measured, 'bar: 1, at most 1.2')
}

for (const name of values.engine === 'both' ? ['sqlite', 'postgres'] : [values.engine]) {
  const engine = name === 'sqlite' ? sqliteEngine : await ownPostgres()
  try {
    console.log(`\n${name}`)
    const { hub, bare } = await refreshRates(engine)
    const perSecond = `${(hub / bare).toFixed(2)}  (${hub.toFixed(0)} of ${bare.toFixed(0)} per second)`
    row('refreshes of one process, of the bare endpoint', perSecond, 'bar: 0.5 or better')
    const of = await sizes(engine, Number(values.small), Number(values.large))
    const grown = `from ${of.small} to ${of.large}`
    ratioRow(`a sweep with 100 due, ${grown}`, of.tick)
    ratioRow(`a sweep with nothing due, ${grown}`, of.idleTick)
    ratioRow(`a status read, ${grown}`, of.statusRead)
  } finally {
    await engine.close()
  }
}
