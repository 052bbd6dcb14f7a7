import type { Span } from './timeline'

/** The part of a timeline that is in view, and the marks of its axis. Pure. */
const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

export const shortestWindowMs = 10 * minute
const steps = [
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  30 * day,
  90 * day,
  365 * day,
]

const widthOf = ({ from, to }: Span): number => to - from

/** Nearer or farther, around its middle; `by` 0.5 shows half as much. */
export function zoomed(shown: Span, whole: Span, by: number): Span {
  const width = Math.min(Math.max(widthOf(shown) * by, shortestWindowMs), widthOf(whole))
  const middle = (shown.from + shown.to) / 2
  return within({ from: middle - width / 2, to: middle + width / 2 }, whole)
}

/** Earlier or later, by a part of what is in view. */
export function moved(shown: Span, whole: Span, by: number): Span {
  const way = widthOf(shown) * by
  return within({ from: shown.from + way, to: shown.to + way }, whole)
}

function within(shown: Span, whole: Span): Span {
  const way = Math.max(whole.from - shown.from, 0) || Math.min(whole.to - shown.to, 0)
  return { from: shown.from + way, to: shown.to + way }
}

/** Round moments in UTC, at least `apart` pixels from each other. */
export function ticksOf(shown: Span, pixels: number, apart = 110): { at: number; isDay: boolean }[] {
  const least = (widthOf(shown) / Math.max(pixels, 1)) * apart
  const step = steps.find((one) => one >= least) ?? (steps.at(-1) as number)
  const ticks: { at: number; isDay: boolean }[] = []
  for (let at = Math.ceil(shown.from / step) * step; at <= shown.to; at += step)
    ticks.push({ at, isDay: step >= day })
  return ticks
}

/** Where a moment is drawn. */
export function placeOf(at: number, shown: Span, pixels: number): number {
  return ((at - shown.from) / widthOf(shown)) * pixels
}
