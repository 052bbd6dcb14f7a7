import { describe, expect, it } from 'vitest'
import { aHub, anAuthorization, blake } from '../../testing/builders'
import { openPage } from '../../testing/open-page'
import { plotData, plotOptions } from './plot-options'

const figures = {
  states: [
    { day: '2026-05-12T00:00:00.000Z', authorized: 3, reauthorizationRequired: 0, notAuthorized: 2 },
    { day: '2026-05-13T00:00:00.000Z', authorized: 1, reauthorizationRequired: 2, notAuthorized: 2 },
  ],
  renewals: [{ hour: '2026-05-13T21:00:00.000Z', renewed: 1234, failed: 2 }],
  runningOut: [{ day: '2026-05-13T00:00:00.000Z', count: 4 }],
}

describe('the figures', () => {
  it('say in words and in a table what their plots show', async () => {
    const page = openPage('/figures', aHub(anAuthorization(), { figures }))
    await page.sees('Today 1 stands, and 2 need a new opt-in.')
    await page.sees('1,234 renewed, 2 failed or refused.')
    await page.sees('4 within 14 days, 4 within 60.')
    await page.sees('Of the companies that you act for.')
    await page.press('The same as a table')
    await page.sees('12 May 2026, 00:00 UTC 3 0 2')
  })

  it('tell a solution admin that nothing was counted yet', async () => {
    const page = openPage(
      '/figures',
      aHub(anAuthorization(), { figures: { ...figures, states: [] }, viewer: blake }),
    )
    await page.sees('Nothing was counted yet: look again in ten minutes.')
    await page.sees('Of the whole installation')
  })

  it('are drawn from zero, each line in its colour and its dashes', () => {
    const builder = () => null
    const colours = { accent: 'a', success: 's', attention: 't', muted: 'm', line: 'l', ink: 'i' }
    const tools = { steps: builder, bars: [builder], inUtc: (seconds: number) => new Date(seconds * 1000) }
    const series = (['success', 'attention'] as const).map((tone) => ({ label: tone, tone, values: [1] }))
    const figure = {
      id: 'states',
      shape: 'steps',
      summary: '',
      moments: ['1970-01-01T00:01:00.000Z'],
      series,
    } as const
    const drawn = { ...figure, moments: [...figure.moments], series }
    expect(plotData(drawn)).toEqual([
      [60, 60 + 24 * 3600],
      [1, 1],
      [1, 1],
    ])
    expect(plotData({ ...drawn, shape: 'bars' })).toEqual([[60], [1], [1]])
    const options = plotOptions(drawn, 500, { colours, tools })
    expect(options.series.slice(1).map(({ stroke, dash }) => [stroke, dash])).toEqual([
      ['s', []],
      ['t', [6, 3]],
    ])
  })
})
