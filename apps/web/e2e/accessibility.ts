import axe from 'axe-core'
import type { Page } from '@playwright/test'
import { expect } from './rehearsal.js'

const widths = [1280, 768, 390]
const schemes = ['light', 'dark'] as const

/**
 * axe finds nothing at any width, in light and in dark. The page stays where it is and is made narrower, which costs less than
 * to load it again. Content policy, console and requests are watched all along (rehearsal.ts).
 */
export async function expectNoViolations(page: Page): Promise<void> {
  await page.evaluate(`window.axe ?? (() => { ${axe.source} })()`)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      // Of the rules that do not look at colours none depends on the scheme.
      const found = await violations(page, scheme === 'dark')
      expect.soft(found, `${page.url()} at ${width} in ${scheme}`).toEqual([])
    }
  }
}

/** Nothing has to be pushed sideways at any width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    const needed = await page.evaluate(() => document.documentElement.scrollWidth)
    expect.soft(needed, `${page.url()} at ${width}`).toBeLessThanOrEqual(width)
  }
}

function violations(page: Page, isOfColours: boolean): Promise<string[]> {
  return page.evaluate(async (onlyColours) => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const { axe: inPage } = window as unknown as { axe: typeof axe }
    const { violations: found } = await inPage.run(document, {
      resultTypes: ['violations'],
      ...(onlyColours && { runOnly: ['color-contrast', 'link-in-text-block'] }),
    })
    return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
  }, isOfColours)
}
