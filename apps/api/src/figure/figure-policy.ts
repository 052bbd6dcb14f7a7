/** Which days and hours the plots show. Pure. */
export const hourMs = 3600_000
export const dayMs = 24 * hourMs
const shownHours = 48
const shownDays = 60

export const startOf = (moment: Date | number, stepMs: number): number =>
  Math.floor(Number(moment) / stepMs) * stepMs

const every = (from: number, stepMs: number, count: number): Date[] =>
  Array.from({ length: count }, (_, index) => new Date(from + index * stepMs))

/** Each in order, the present one last. */
export const pastHours = (now: Date): Date[] =>
  every(startOf(now, hourMs) - (shownHours - 1) * hourMs, hourMs, shownHours)

export const pastDays = (now: Date): Date[] =>
  every(startOf(now, dayMs) - (shownDays - 1) * dayMs, dayMs, shownDays)

/** The present one first, and the day 60 days from now too: a token that was issued today runs out then. */
export const comingDays = (now: Date): Date[] => every(startOf(now, dayMs), dayMs, shownDays + 1)

export type CountedStatus = 'AUTHORIZED' | 'REAUTHORIZATION_REQUIRED' | 'NOT_AUTHORIZED'
export type StatusCounts = Record<CountedStatus, number>

export interface Enrolment {
  key: string
  enrolledAt: number
  /** Today's; null where the company has left. */
  status: CountedStatus | null
}

export interface Change {
  key: string
  at: number
  name: string
}

/** What each event of the trail leads to; null: not enrolled any more. */
const leadsTo: Readonly<Record<string, CountedStatus | null>> = {
  'company.enrolled': 'NOT_AUTHORIZED',
  'authorization.opted_in': 'AUTHORIZED',
  'authorization.recovered': 'AUTHORIZED',
  'authorization.invalidated': 'REAUTHORIZATION_REQUIRED',
  'authorization.opted_out': 'NOT_AUTHORIZED',
  'company.withdrew': null,
}

export const changesOfState = Object.keys(leadsTo)

/** At the end of each day; at that of today, what stands in the rows is believed rather than the trail. */
export function statesByDay(
  enrolments: readonly Enrolment[],
  changes: readonly Change[],
  days: readonly Date[],
): StatusCounts[] {
  const ofEach = new Map<string, Change[]>()
  for (const change of changes) ofEach.set(change.key, [...(ofEach.get(change.key) ?? []), change])
  const counts = days.map(() => ({ AUTHORIZED: 0, REAUTHORIZATION_REQUIRED: 0, NOT_AUTHORIZED: 0 }))
  for (const { key, enrolledAt, status } of enrolments) {
    const past = ofEach.get(key) ?? []
    days.forEach((day, index) => {
      const end = day.getTime() + dayMs
      if (enrolledAt >= end) return
      const last = past.findLast(({ at }) => at < end)
      const then = last ? (leadsTo[last.name] ?? null) : 'NOT_AUTHORIZED'
      const counted = index === days.length - 1 ? status : then
      const count = counts[index]
      if (counted && count) count[counted]++
    })
  }
  return counts
}
