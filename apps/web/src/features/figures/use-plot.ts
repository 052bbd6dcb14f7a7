import type UPlot from 'uplot'
import { onBeforeUnmount, onMounted, type Ref, watch } from 'vue'
import { plotData, plotHeight, plotOptions, type Colours } from './plot-options'
import type { Figure } from './use-figures'

const narrowest = 240

/** Draws the figure into the element, anew when the figure, the room or the colours change. */
export function usePlot(element: Ref<HTMLElement | null>, figure: () => Figure): void {
  const scheme = window.matchMedia('(prefers-color-scheme: dark)')
  let plot: UPlot | undefined
  let observer: ResizeObserver | undefined
  let isGone = false

  async function draw() {
    // The library is loaded by the first plot of a visit. Without a canvas the table has to do.
    if (!document.createElement('canvas').getContext('2d')) return
    const { default: Library } = await import('uplot')
    if (isGone || !element.value) return
    plot?.destroy()
    const { stepped, bars } = Library.paths
    if (!stepped || !bars) return
    const tools = {
      steps: stepped({ align: 1 }),
      bars: figure().series.map((_one, index, { length }) =>
        bars({ size: [0.8 / length, 40], align: length === 1 ? 0 : index === 0 ? -1 : 1 }),
      ),
      inUtc: (seconds: number) => Library.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    }
    const width = Math.max(narrowest, element.value.clientWidth)
    const options = plotOptions(figure(), width, { colours: coloursOf(element.value), tools })
    plot = new Library(options, plotData(figure()), element.value)
  }

  const redraw = () => void draw()

  onMounted(() => {
    redraw()
    scheme.addEventListener('change', redraw)
    if (typeof ResizeObserver === 'undefined' || !element.value) return
    observer = new ResizeObserver(([entry]) => {
      if (entry) plot?.setSize({ width: Math.max(narrowest, entry.contentRect.width), height: plotHeight })
    })
    observer.observe(element.value)
  })
  watch(figure, redraw)
  onBeforeUnmount(() => {
    isGone = true
    observer?.disconnect()
    scheme.removeEventListener('change', redraw)
    plot?.destroy()
  })
}

function coloursOf(element: HTMLElement): Colours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    accent: colour('accent'),
    success: colour('success'),
    attention: colour('attention'),
    muted: colour('ink-muted'),
    line: colour('line'),
    ink: colour('ink-muted'),
  }
}
