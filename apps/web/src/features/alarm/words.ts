import type { AlarmKind } from '../../graphql/generated/graphql'

interface AlarmWords {
  title: (application: string) => string
  help: string
}

export const alarmWords: Readonly<Record<AlarmKind, AlarmWords>> = {
  APPLICATION_REFUSED: {
    title: (application) => `UPS refuses ${application}`,
    help: 'No company can opt in there, and no tokens are renewed; every authorization still stands. Compare the client id and the secret with the UPS Developer Portal, set them, and start the hub again.',
  },
  CLOCK_SKEW: {
    title: () => 'The clock of the hub is wrong',
    help: 'It and that of UPS.com are more than two minutes apart. Check the time service of the hosts.',
  },
  TRAIL_BROKEN: {
    title: () => 'The audit trail was tampered with',
    help: 'Keep a copy of the database as it is, and run the command “audit verify”, which names the first bad record.',
  },
}

export const words = { since: 'Since' }
