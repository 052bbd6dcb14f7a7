import type { LetterContent, LetterList } from '../letter.js'

interface Named {
  company: string
  application: string
  /** Where it is looked after; the page asks for sign-in where that is needed. */
  path: `/${string}`
}

export type NoticeLine = Named &
  (
    | { kind: 'ENDED'; at: Date; reason: string | null }
    | { kind: 'EXPIRES_SOON'; at: Date }
    | { kind: 'RECOVERED' }
  )

const mostLines = 50

const reasons: Readonly<Record<string, string>> = {
  REFUSED_BY_UPS: 'UPS.com has refused it, most likely because the UPS.com password was changed',
  REFRESH_TOKEN_EXPIRED: 'it has run out',
  LOST_IN_ROTATION: 'an answer of UPS.com was lost on the way',
}

const subjects = {
  ENDED: ['Opt in again: an authorization has ended', 'Opt in again: authorizations have ended'],
  EXPIRES_SOON: ['An authorization is about to run out', 'Authorizations are about to run out'],
  RECOVERED: ['An authorization is in place after all', 'Authorizations are in place after all'],
} as const

const leads = {
  ENDED: 'UPS.com does not renew these any more. Until somebody opts in again, no application obtains data:',
  EXPIRES_SOON:
    'UPS.com could not be brought to renew these for a while. The hub goes on trying; whoever opts in again need not wait for that:',
  RECOVERED:
    'We wrote that these had ended. An answer of UPS.com that came late has saved them; nothing has to be done:',
} as const

const order = ['ENDED', 'EXPIRES_SOON', 'RECOVERED'] as const

/** One letter however many there are; names are what people typed, and quoted. */
export function noticeLetter(lines: readonly NoticeLine[]): LetterContent {
  const kinds = order.filter((kind) => lines.some((line) => line.kind === kind))
  const [first = 'ENDED'] = kinds
  const [only, ...others] = lines
  const mayAct = first !== 'RECOVERED'
  const lists = kinds.map((kind) =>
    listOf(
      kind,
      lines.filter((line) => line.kind === kind),
    ),
  )
  return {
    subject: subjects[first][lines.filter(({ kind }) => kind === first).length === 1 ? 0 : 1],
    paragraphs: [],
    lists,
    ...(only &&
      others.length === 0 && {
        link: { label: mayAct ? 'Opt in again' : 'See how it stands', path: only.path },
      }),
    closing: [
      'You get this as an admin of the company. Which of these letters you want, you choose on the page of your account.',
    ],
  }
}

function listOf(kind: NoticeLine['kind'], lines: readonly NoticeLine[]): LetterList {
  const items = lines.slice(0, mostLines).map((line) => ({ text: sentenceOf(line), path: line.path }))
  const rest = lines.length - items.length
  return {
    lead: leads[kind],
    items:
      rest > 0
        ? [...items, { text: `and ${rest} more, which the hub lists`, path: '/companies' as const }]
        : items,
  }
}

function sentenceOf(line: NoticeLine): string {
  const what = `“${line.company}”, ${line.application}`
  switch (line.kind) {
    case 'ENDED':
      return `${what}: since ${moment(line.at)}; ${reasons[line.reason ?? ''] ?? 'UPS.com does not accept it any more'}`
    case 'EXPIRES_SOON':
      return `${what}: runs out on ${moment(line.at)}`
    case 'RECOVERED':
      return what
  }
}

const moment = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ', ')} UTC`
