/** What a timeline shows, from what the hub knows: pure, in epoch milliseconds. */
export interface Span {
  from: number
  to: number
}

export type MarkKind = 'opt-in' | 'opt-out' | 'refusal' | 'failure'

export interface Mark {
  at: number
  kind: MarkKind
}

export interface Timeline {
  /** While an access token could be used. */
  access: Span[]
  /** While a refresh token could renew it. */
  refresh: Span[]
  /** While nothing was authorized, between two opt-ins or until now. */
  gaps: Span[]
  marks: Mark[]
  /** All there is to see. */
  whole: Span
}

export interface Past {
  generations: readonly {
    issuedAt: string
    expiresAt: string
    refreshIssuedAt: string
    refreshExpiresAt: string
    cause: string
    supersededAt?: string | null | undefined
  }[]
  happenings: readonly { at: string; name: string }[]
  status: string
  endedAt: string | null
}

const kinds: Readonly<Record<string, MarkKind>> = {
  AUTHORIZATION_OPTED_IN: 'opt-in',
  AUTHORIZATION_RECOVERED: 'opt-in',
  AUTHORIZATION_OPTED_OUT: 'opt-out',
  COMPANY_WITHDREW: 'opt-out',
  AUTHORIZATION_INVALIDATED: 'refusal',
  AUTHORIZATION_REFRESH_FAILED: 'failure',
  AUTHORIZATION_OPT_IN_FAILED: 'failure',
}

/** Told by the trail and by the row itself: who may not read the trail still sees that. */
const sameMomentMs = 5_000
const margin = 0.04

const ms = (moment: string): number => new Date(moment).getTime()

export function timelineOf(past: Past, now: number): Timeline {
  const marks = marksOf(past)
  const gaps = gapsIn(marks, now)
  const endOf = (from: number, until: number): number =>
    gaps.reduce((end, gap) => (gap.from >= from && gap.from < end ? gap.from : end), until)
  const spanOf = (from: string, until: string, superseded: string | null | undefined): Span => {
    const to = superseded ? Math.min(ms(until), ms(superseded)) : ms(until)
    return { from: ms(from), to: Math.max(ms(from), endOf(ms(from), to)) }
  }
  const access = past.generations.map((one) => spanOf(one.issuedAt, one.expiresAt, one.supersededAt))
  const refresh = past.generations.map((one) =>
    spanOf(one.refreshIssuedAt, one.refreshExpiresAt, one.supersededAt),
  )
  return { access, refresh, gaps, marks, whole: wholeOf([...access, ...refresh, ...gaps], marks, now) }
}

function marksOf({ generations, happenings, status, endedAt }: Past): Mark[] {
  const told = happenings.flatMap(({ at, name }) => {
    const kind = kinds[name]
    return kind ? [{ at: ms(at), kind }] : []
  })
  const known: Mark[] = generations
    .filter(({ cause }) => cause === 'OPT_IN')
    .map(({ issuedAt }) => ({ at: ms(issuedAt), kind: 'opt-in' }))
  if (endedAt && status !== 'AUTHORIZED')
    known.push({ at: ms(endedAt), kind: status === 'NOT_AUTHORIZED' ? 'opt-out' : 'refusal' })
  const untold = known.filter(
    (one) => !told.some((mark) => mark.kind === one.kind && Math.abs(mark.at - one.at) < sameMomentMs),
  )
  return [...told, ...untold].sort((a, b) => a.at - b.at)
}

function gapsIn(marks: readonly Mark[], now: number): Span[] {
  const gaps: Span[] = []
  let endedAt: number | null = null
  for (const { at, kind } of marks) {
    if (kind === 'opt-in' && endedAt !== null) {
      gaps.push({ from: endedAt, to: at })
      endedAt = null
    }
    if (kind === 'opt-out' || kind === 'refusal') endedAt ??= at
  }
  return endedAt === null || endedAt >= now ? gaps : [...gaps, { from: endedAt, to: now }]
}

function wholeOf(spans: readonly Span[], marks: readonly Mark[], now: number): Span {
  const moments = [now, ...spans.flatMap(({ from, to }) => [from, to]), ...marks.map(({ at }) => at)]
  const from = Math.min(...moments)
  const to = Math.max(...moments)
  const room = Math.max((to - from) * margin, 300_000)
  return { from: from - room, to: to + room }
}
