import type { Options, Series } from 'uplot'
import type { Figure, Tone } from './use-figures'

/** As the browser computes them at this moment: in dark mode they are others. */
export interface Colours extends Record<Tone, string> {
  line: string
  ink: string
}

/** What only the library itself can make, handed in so that it is loaded where it is used. */
export interface PlotTools {
  steps: Series.PathBuilder
  bars: Series.PathBuilder
  inUtc: (seconds: number) => Date
}

export const plotHeight = 240

/** Lines are told apart by their dashes too. */
const dashes: Record<Tone, number[]> = { success: [], accent: [], attention: [6, 3], muted: [2, 3] }
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
  return {
    width,
    height: plotHeight,
    legend: { show: false },
    cursor: { show: false },
    tzDate: tools.inUtc,
    scales: { y: { range: (_plot, _least, most) => [0, Math.max(4, Math.ceil(most * 1.1))] } },
    axes: [
      axis,
      {
        ...axis,
        size: 60,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6],
      },
    ],
    series: [
      {},
      ...figure.series.map(({ label, tone }) => ({
        label,
        stroke: colours[tone],
        width: 2,
        points: { show: false },
        paths: isBars ? tools.bars : tools.steps,
        ...(isBars ? { fill: colours[tone] } : { dash: dashes[tone] }),
      })),
    ],
  }
}

/** uPlot takes seconds. */
export function plotData({ moments, series }: Figure): [number[], ...number[][]] {
  return [moments.map((moment) => new Date(moment).getTime() / 1000), ...series.map(({ values }) => values)]
}
