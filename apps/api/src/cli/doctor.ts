import { readConfig } from '../config.js'
import {
  applicationFindings,
  authorizationFindings,
  databaseFindings,
  keyFindings,
  spillFindings,
  upsFindings,
  type Finding,
} from './findings.js'
import { withHub, type OpenHub } from './open-hub.js'
import { plainSentence } from './plain-sentence.js'
import { trailFindings } from './verified-trail.js'
import { exitCodes, sayTo, type Command, type Terminal } from './terminal.js'

type Look = () => Promise<Finding[]>

const mostShown = 10

export const doctor: Command = {
  purpose: 'says in plain words what is wrong and what to do about it',
  async run(terminal) {
    // Faulty settings end it here, all of them named: nothing else can be looked at without them.
    const settings = readConfig(terminal.env, { root: terminal.root })
    const findings = [
      { kind: 'ok' as const, text: 'The settings can be read.' },
      ...(await looked(() => withHub(terminal, (hub) => examine(hub, terminal)))),
      ...(await looked(() => upsFindings(settings, terminal))),
    ]
    return report(findings, terminal)
  },
}

async function examine(hub: OpenHub, terminal: Terminal): Promise<Finding[]> {
  const keys = await looked(() => keyFindings(hub))
  const isSealed = keys.some(({ kind }) => kind === 'to do')
  const looks: Look[] = [
    // What does not fit these keys is not written to, not even to see whether it could be.
    ...(isSealed ? [] : [() => databaseFindings(hub, terminal), () => trailFindings(hub, terminal)]),
    () => applicationFindings(hub),
    () => authorizationFindings(hub, terminal),
    () => spillFindings(hub),
  ]
  const findings = [...keys]
  for (const look of looks) findings.push(...(await looked(look)))
  return findings
}

/** What cannot be looked at is a finding as well, and keeps nobody from looking further. */
async function looked(look: Look): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    return [{ kind: 'to do', text: plainSentence(error) }]
  }
}

function report(findings: readonly Finding[], terminal: Terminal): number {
  const say = sayTo(terminal)
  for (const { kind, text, list = [] } of findings) {
    say(`${kind.toUpperCase().padEnd(6)}${text}`)
    for (const each of list.slice(0, mostShown)) say(`      - ${each}`)
    if (list.length > mostShown) say(`      - and ${list.length - mostShown} more`)
  }
  const open = findings.filter(({ kind }) => kind === 'to do').length
  say(open === 0 ? 'Nothing needs doing.' : `${open === 1 ? '1 thing needs' : `${open} things need`} doing.`)
  return open === 0 ? exitCodes.fine : exitCodes.needsAttention
}
