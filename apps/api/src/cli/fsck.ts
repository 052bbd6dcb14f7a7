import { unopenedCiphertexts } from './ciphertexts.js'
import { invariants, sqliteInvariants } from './invariants.js'
import { withHub, type OpenHub } from './open-hub.js'
import { trailViolations } from './verified-trail.js'
import { exitCodes, sayTo, type Command, type Terminal } from './terminal.js'

const mostShown = 20

export const fsck: Command = {
  purpose: 'checks that what is stored hangs together, on a stopped or a running hub',
  run: (terminal) => withHub(terminal, (hub) => check(hub, terminal)),
}

async function check(hub: OpenHub, terminal: Terminal): Promise<number> {
  const say = sayTo(terminal)
  const { kind, reader } = hub.database
  let violations = 0
  const report = (rule: string, found: readonly string[]): void => {
    violations += found.length
    say(`${found.length === 0 ? 'ok       ' : 'VIOLATED '} ${rule}`)
    for (const each of found.slice(0, mostShown)) say(`            ${each}`)
    if (found.length > mostShown) say(`            and ${found.length - mostShown} more`)
  }
  for (const { rule, violations: look } of [...invariants, ...(kind === 'sqlite' ? sqliteInvariants : [])])
    report(rule, await look(reader, terminal.clock()))
  report('every ciphertext opens with a key of VAULT_KEYS', await unopenedCiphertexts(hub))
  report('the audit trail is whole', await trailViolations(hub, terminal))
  say(violations === 0 ? 'No violations.' : violations === 1 ? '1 violation.' : `${violations} violations.`)
  return violations === 0 ? exitCodes.fine : exitCodes.needsAttention
}
