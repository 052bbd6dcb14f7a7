import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../clock.js'
import type { FaultPoint } from '../refresh/fault-points.js'
import { refuseToStart, runHub } from '../run-hub.js'
import { resolveHost } from '../webhook/host-addresses.js'

/**
 * The hub as main starts it, but with a clock that can be moved and with faults at the named points, both told by the
 * process that forked it. It dies with that process.
 */
export interface FaultRule {
  point: FaultPoint
  /** `kill` and `stop` are the signals; `tell` only says that the point was reached; `throw` fails the step. */
  kind: 'kill' | 'stop' | 'tell' | 'throw' | 'wait'
  /** Of `wait`: how long. */
  ms?: number
  /** How many pass unharmed before. */
  skip?: number
  /** How many meet it; 1 if left out. */
  times?: number
}

/** From the parent; each is answered with its id once it is in force. */
export type Order = { id: number } & ({ clockAheadMs: number } | { rules: FaultRule[] })

/** To the parent. */
export type Report = { ready: true } | { done: number } | { reached: FaultPoint }

let aheadMs = Number(process.env.FAULTS_CLOCK_AHEAD_MS ?? 0)
let rules = JSON.parse(process.env.FAULTS_RULES ?? '[]') as Required<FaultRule>[]

const report = (message: Report): void => void process.send?.(message)

async function at(point: FaultPoint): Promise<void> {
  const rule = rules.find((one) => one.point === point && one.times > 0)
  if (!rule) return
  if (rule.skip > 0) {
    rule.skip -= 1
    return
  }
  rule.times -= 1
  // The kernel delivers both to this process before the call returns.
  if (rule.kind === 'kill') process.kill(process.pid, 'SIGKILL')
  report({ reached: point })
  if (rule.kind === 'throw') throw new Error(`the fault at ${point}`)
  if (rule.kind === 'wait') await delay(rule.ms)
  if (rule.kind === 'stop') {
    // The report must have left before nothing moves any more.
    await delay(20)
    process.kill(process.pid, 'SIGSTOP')
  }
}

process.on('message', (order: Order) => {
  if ('rules' in order) rules = order.rules.map((rule) => ({ ms: 0, skip: 0, times: 1, ...rule }))
  else aheadMs = order.clockAheadMs
  report({ done: order.id })
})
process.on('disconnect', () => process.exit(1))

const clock = () => new Date(systemClock().getTime() + aheadMs)

runHub({ clock, fetch, resolveHost, random: Math.random, randomBytes, at }).then(
  () => report({ ready: true }),
  refuseToStart,
)
