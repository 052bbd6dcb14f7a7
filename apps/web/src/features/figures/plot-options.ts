import type { Options, Series } from 'uplot'
import { axisTime } from '../../ui/date-formats'
import type { Figure, Tone } from './use-figures'

/** As the browser computes them at this moment: in dark mode they are others. */
export interface Colours extends Record<Tone, string> {
  line: string
  ink: string
}

/** What only the library itself can make, handed in so that it is loaded where it is used. */
export interface PlotTools {
  steps: Series.PathBuilder
  /** One for each of the bars that stand beside each other. */
  bars: readonly Series.PathBuilder[]
  inUtc: (seconds: number) => Date
}

export const plotHeight = 240

/** Lines are told apart by their dashes too. */
const dashes: Record<Tone, number[]> = { success: [], accent: [], attention: [6, 3], muted: [2, 3] }
const daySeconds = 24 * 3600
const font = '12px system-ui, sans-serif'

export function plotOptions(
  figure: Figure,
  width: number,
  { colours, tools }: { colours: Colours; tools: PlotTools },
): Options {
  const axis = {
    stroke: colours.ink,
    font,
    grid: { stroke: colours.line, width: 1 },
    ticks: { stroke: colours.line, width: 1 },
  }
  const isBars = figure.shape === 'bars'
  const step = stepOf(figure)
  return {
    width,
    height: plotHeight,
    legend: { show: false },
    cursor: { show: false },
    tzDate: tools.inUtc,
    scales: {
      x: { range: (_plot, first, last) => (isBars ? [first - step / 2, last + step / 2] : [first, last]) },
      y: { range: (_plot, _least, most) => [0, Math.max(4, Math.ceil(most * 1.1))] },
    },
    axes: [
      { ...axis, values: (_plot, moments) => moments.map(axisLabel) },
      {
        ...axis,
        size: 60,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6],
      },
    ],
    series: [
      {},
      ...figure.series.map(({ label, tone }, index) => ({
        label,
        stroke: colours[tone],
        width: isBars ? 0 : 2,
        points: { show: false },
        paths: (isBars && tools.bars[index]) || tools.steps,
        ...(isBars ? { fill: colours[tone] } : { dash: dashes[tone] }),
      })),
    ],
  }
}

/** uPlot takes seconds. A day or an hour lasts until the next: so does the last, in lines that go by steps. */
export function plotData(figure: Figure): [number[], ...number[][]] {
  const moments = secondsOf(figure)
  const last = moments.at(-1)
  if (figure.shape === 'bars' || last === undefined)
    return [moments, ...figure.series.map(({ values }) => values)]
  return [
    [...moments, last + stepOf(figure)],
    ...figure.series.map(({ values }) => [...values, ...values.slice(-1)]),
  ]
}

const secondsOf = ({ moments }: Figure): number[] =>
  moments.map((moment) => new Date(moment).getTime() / 1000)

function stepOf(figure: Figure): number {
  const [first = 0, second = first + daySeconds] = secondsOf(figure)
  return second - first
}

/** `24 Sep` for a midnight, else `18:00`. */
function axisLabel(seconds: number): string {
  const label = axisTime(new Date(seconds * 1000), seconds % daySeconds === 0)
  return label
    .split(' ')
    .slice(seconds % daySeconds === 0 ? 0 : -1)
    .join(' ')
}
