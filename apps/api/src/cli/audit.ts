import { headFrom, headText } from '../audit/chain-head.js'
import { withHub } from './open-hub.js'
import { CliError, exitCodes, sayTo, type Command } from './terminal.js'
import { faultLine, verifiedTrail } from './verified-trail.js'

export const auditVerify: Command = {
  purpose: 'walks the chain of the audit trail and names the first bad record',
  texts: { head: 'a head that was noted earlier: proves that nothing before it was cut off' },
  run: (terminal, _numbers, { head: text }) =>
    withHub(terminal, async (hub) => {
      const notedHead = text === undefined ? undefined : headFrom(text)
      if (notedHead === null)
        throw new CliError(
          'A head looks as "audit head" prints it: <position>:<four groups of letters and digits>.',
        )
      const say = sayTo(terminal)
      const { head, fault } = await verifiedTrail(hub, terminal, notedHead)
      if (fault) {
        say(`Broken at ${faultLine(fault)}`)
        return exitCodes.needsAttention
      }
      say(head ? `Whole, from its beginning to ${headText(head)}` : 'Empty.')
      return exitCodes.fine
    }),
}

export const auditHead: Command = {
  purpose: 'prints the head of the audit trail, to be kept outside the database',
  run: (terminal) =>
    withHub(terminal, async (hub) => {
      const { head, fault } = await verifiedTrail(hub, terminal)
      if (fault) throw new CliError(`The audit trail is broken at ${faultLine(fault)}`)
      if (!head) throw new CliError('The audit trail is empty: a running hub has not chained anything yet.')
      sayTo(terminal)(headText(head))
      return exitCodes.fine
    }),
}
