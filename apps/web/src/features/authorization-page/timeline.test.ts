import { describe, expect, it } from 'vitest'
import { timelineOf, type Past } from './timeline'
import { moved, placeOf, ticksOf, zoomed } from './timeline-window'

const hour = 3600_000
const at = (hours: number) => new Date(hours * hour).toISOString()
const generation = (from: number, cause: string, supersededAt: number | null = null) => ({
  issuedAt: at(from),
  expiresAt: at(from + 1),
  refreshIssuedAt: at(from),
  refreshExpiresAt: at(from + 100),
  cause,
  supersededAt: supersededAt === null ? null : at(supersededAt),
})
const inHours = (spans: readonly { from: number; to: number }[]) =>
  spans.map(({ from, to }) => [from / hour, to / hour])

const past: Past = {
  generations: [generation(60, 'OPT_IN'), generation(30, 'KEEP_ALIVE', 60), generation(10, 'OPT_IN', 30)],
  happenings: [
    { at: at(60), name: 'AUTHORIZATION_OPTED_IN' },
    { at: at(40), name: 'AUTHORIZATION_INVALIDATED' },
    { at: at(35), name: 'AUTHORIZATION_REFRESH_FAILED' },
    { at: at(30), name: 'AUTHORIZATION_REFRESHED' },
    { at: at(10), name: 'AUTHORIZATION_OPTED_IN' },
  ],
  status: 'AUTHORIZED',
  endedAt: null,
}

describe('a timeline', () => {
  it('shows each window until its token was replaced or refused, and the gap until the next opt-in', () => {
    const timeline = timelineOf(past, 70 * hour)
    expect(inHours(timeline.access)).toEqual([
      [60, 61],
      [30, 31],
      [10, 11],
    ])
    expect(inHours(timeline.refresh)).toEqual([
      [60, 160],
      [30, 40],
      [10, 30],
    ])
    expect(inHours(timeline.gaps)).toEqual([[40, 60]])
    expect(timeline.marks.map((mark) => [mark.at / hour, mark.kind])).toEqual([
      [10, 'opt-in'],
      [35, 'failure'],
      [40, 'refusal'],
      [60, 'opt-in'],
    ])
    expect(timeline.whole.from).toBeLessThan(10 * hour)
    expect(timeline.whole.to).toBeGreaterThan(160 * hour)
  })

  it('knows an end and the opt-ins from the authorization itself, for who may not read the trail', () => {
    const untold = { ...past, happenings: [], status: 'NOT_AUTHORIZED', endedAt: at(65) }
    const timeline = timelineOf(untold, 70 * hour)
    expect(timeline.marks.map((mark) => [mark.at / hour, mark.kind])).toEqual([
      [10, 'opt-in'],
      [60, 'opt-in'],
      [65, 'opt-out'],
    ])
    expect(inHours(timeline.gaps)).toEqual([[65, 70]])
    expect(inHours(timeline.refresh)[0]).toEqual([60, 65])
  })
})

describe('the part in view', () => {
  const whole = { from: 0, to: 100 * hour }

  it('never leaves what there is, and never becomes too small to see anything', () => {
    expect(zoomed({ from: 0, to: 40 * hour }, whole, 0.5)).toEqual({ from: 10 * hour, to: 30 * hour })
    expect(zoomed({ from: 0, to: 40 * hour }, whole, 2)).toEqual({ from: 0, to: 80 * hour })
    expect(zoomed({ from: 0, to: 80 * hour }, whole, 2)).toEqual(whole)
    expect(zoomed({ from: 0, to: 600_000 }, whole, 0.5)).toEqual({ from: 0, to: 600_000 })
    expect(moved({ from: 0, to: 40 * hour }, whole, 0.5)).toEqual({ from: 20 * hour, to: 60 * hour })
    expect(moved({ from: 0, to: 40 * hour }, whole, -0.5)).toEqual({ from: 0, to: 40 * hour })
    expect(moved({ from: 60 * hour, to: 100 * hour }, whole, 0.5).to).toBe(100 * hour)
  })

  it('is drawn to scale, with round moments far enough apart to be read', () => {
    expect(placeOf(25 * hour, whole, 800)).toBe(200)
    const ticks = ticksOf(whole, 800)
    expect(ticks.map((tick) => tick.at / hour)).toEqual([0, 24, 48, 72, 96])
    expect(ticks.every((tick) => tick.isDay)).toBe(true)
    expect(ticksOf({ from: 0, to: hour }, 800).map((tick) => tick.at / 60_000)).toEqual([0, 15, 30, 45, 60])
  })
})
