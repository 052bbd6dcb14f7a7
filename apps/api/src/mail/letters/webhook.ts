import type { LetterContent } from '../letter.js'

const reasons = {
  GONE: 'The receiver has answered 410 Gone, by which it asks for no more.',
  FAILING: 'The receiver has taken no event for about three days, although each was tried ten times.',
} as const

/** The name is what people typed, and quoted. */
export const webhookDisabled = (
  client: string,
  { host, reason }: { host: string; reason: keyof typeof reasons },
): LetterContent => ({
  subject: 'A webhook endpoint was disabled',
  paragraphs: [
    `The hub sends no more events to ${host}, where the API client “${client}” was told of authorizations.`,
    reasons[reason],
    'Once the receiver works, switch the endpoint on again and have the events of the last 30 days that it has missed sent once more.',
  ],
  link: { label: 'Look at the API clients', path: '/api-clients' },
  closing: ['You get this as an admin who manages this API client.'],
})
