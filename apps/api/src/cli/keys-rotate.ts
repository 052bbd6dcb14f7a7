import { setTimeout as delay } from 'node:timers/promises'
import { AuditService } from '../audit/audit.service.js'
import { openHashKey, resealHashKey } from '../installation.js'
import { usesOfKey } from './key-uses.js'
import { withHub, type OpenHub } from './open-hub.js'
import {
  resealLetters,
  resealLicenseKeys,
  resealPairs,
  resealSpills,
  resealVerifiers,
  resealWebhookSecrets,
  type Batch,
} from './reseal.js'
import { exitCodes, sayTo, type Command, type Terminal } from './terminal.js'

const usualBatch = 100

interface Run {
  hub: OpenHub
  terminal: Terminal
  batchSize: number
  /** How many batches are left before it stops. */
  batches: number
  resealed: number
  unreadable: string[]
}

export const keysRotate: Command = {
  purpose: 're-seals everything under the first key of VAULT_KEYS, while the hub runs',
  options: {
    'batch-size': `how many rows are held at once; ${usualBatch} if not given`,
    batches: 'stop after so many batches; the next run goes on from there',
  },
  run: (terminal, options) =>
    withHub(terminal, async (hub) => {
      // With the wrong keys it stops here, before anything is written.
      openHashKey(hub.installation, hub.sealer)
      const batchSize = options['batch-size'] ?? usualBatch
      const batches = options.batches ?? Infinity
      return rotate({ hub, terminal, batchSize, batches, resealed: 0, unreadable: [] })
    }),
}

async function rotate(run: Run): Promise<number> {
  const { hub, terminal } = run
  const { currentKeyId } = hub.sealer
  const say = sayTo(terminal)
  say(`Re-sealing under the key "${currentKeyId}", the first of VAULT_KEYS.`)
  const isComplete =
    (await follow(run, 'token pairs', resealPairs(hub, run.batchSize))) &&
    (await follow(run, 'visits to UPS.com', resealVerifiers(hub, run.batchSize))) &&
    (await follow(run, 'letters', resealLetters(hub, run.batchSize))) &&
    (await follow(run, 'license keys', resealLicenseKeys(hub, run.batchSize))) &&
    (await follow(run, 'webhook secrets', resealWebhookSecrets(hub, run.batchSize))) &&
    (await follow(run, 'spill files', resealSpills(hub)))
  if (!isComplete) {
    say('Stopped as asked, before the end. Run it again to go on from here.')
    return exitCodes.needsAttention
  }
  await finish(run)
  say(run.resealed === 0 ? 'There was nothing to re-seal.' : `${counted(run.resealed, 'place')} re-sealed.`)
  for (const each of run.unreadable) say(`Could not be re-sealed: ${each}`)
  return (await sayWhatMayGo(run)) && run.unreadable.length === 0 ? exitCodes.fine : exitCodes.needsAttention
}

/** Answers false where it stopped before the end. */
async function follow(run: Run, what: string, steps: AsyncGenerator<Batch>): Promise<boolean> {
  const { clock, stderr } = run.terminal
  let done = 0
  for (let begun = clock(); ;) {
    if (run.batches <= 0) return false
    const { value: batch, done: isOver } = await steps.next()
    if (isOver) return true
    run.batches--
    done += batch.resealed
    run.resealed += batch.resealed
    run.unreadable.push(...batch.unreadable)
    stderr.write(`${what}: ${done} re-sealed\n`)
    // SQLite serves one writer at a time and in no order: the others get as much time as this took.
    await delay(Math.max(0, clock().getTime() - begun.getTime()))
    begun = clock()
  }
}

/** Last, because its key tells whether a start has the right ones: until then the hub needs the former key as well. */
async function finish(run: Run): Promise<void> {
  const { hub, terminal } = run
  const audit = new AuditService(terminal.clock)
  await hub.database.inTransaction(async (manager) => {
    if (await resealHashKey(manager, hub.sealer)) run.resealed++
    if (run.resealed === 0) return
    const details = { keyId: hub.sealer.currentKeyId, count: run.resealed }
    await audit.record(manager, { name: 'vault.keys_rotated', details })
  })
}

/** Which keys seal nothing any more; false where another one is still needed. */
async function sayWhatMayGo({ hub, terminal, unreadable }: Run): Promise<boolean> {
  const say = sayTo(terminal)
  let isSettled = true
  for (const { id } of hub.ring.slice(1)) {
    const uses = await usesOfKey(hub, id)
    isSettled &&= uses === 0
    if (uses === 0)
      say(
        `The key "${id}" seals nothing any more and may be removed from VAULT_KEYS. Keep a copy of it for as long as you keep backups of the database.`,
      )
    else
      say(
        `The key "${id}" still seals ${counted(uses, 'place')}. ${
          unreadable.length > 0
            ? 'See above.'
            : 'A process that was not started with these VAULT_KEYS still uses it: restart that, and run this again.'
        }`,
      )
  }
  if (hub.ring.length === 1)
    say('VAULT_KEYS holds this key only: put a new one before it, then restart and rotate.')
  return isSettled
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
