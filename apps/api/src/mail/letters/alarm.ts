import type { LetterContent } from '../letter.js'

type Alarm = 'APPLICATION_REFUSED' | 'CLOCK_SKEW' | 'TRAIL_BROKEN'

/** What is wrong, and what to do about it. */
const saying: Record<Alarm, (application: string) => [subject: string, wrong: string, help: string]> = {
  APPLICATION_REFUSED: (application) => [
    `UPS refuses ${application}`,
    `UPS.com refuses the client id or the secret of ${application}. No company can opt in, and no tokens are renewed; every authorization still stands.`,
    'Compare both with what the UPS Developer Portal shows, set them, and start the hub again.',
  ],
  CLOCK_SKEW: () => [
    'The clock of the hub is wrong',
    'The clock of the hub and that of UPS.com are more than two minutes apart.',
    'Check the time service of the hosts on which the hub runs.',
  ],
  TRAIL_BROKEN: () => [
    'The audit trail was tampered with',
    'The daily check has found a record of the audit trail that was changed, moved or removed.',
    'Keep a copy of the database as it is, and run the command "audit verify", which names the first bad record.',
  ],
}

export const alarmRaised = (kind: Alarm, application: string | null): LetterContent => {
  const [subject, wrong, help] = saying[kind](application ?? '')
  return {
    subject,
    paragraphs: [wrong, help],
    link: { label: 'Open the hub', path: '/' },
    closing: ['This letter goes to all solution admins, once for each incident.'],
  }
}
