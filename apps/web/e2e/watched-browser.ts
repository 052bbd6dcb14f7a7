import type { BrowserContext } from '@playwright/test'
import type { World } from './world.js'

export interface WatchedBrowser {
  /** What the pages did that no page may do. */
  readonly faults: readonly string[]
  /** A console error that the rehearsal itself brings about. */
  expectConsoleError(pattern: RegExp): void
}

/** What Chromium says of a socket that a page opens in the moment in which its session ends. */
const sessionIsOver = /^WebSocket connection to .* failed: HTTP Authentication failed/

/** Notes every request that leaves the machine, every breach of the content policy, every error in the console. */
export async function watchBrowser(context: BrowserContext, world: World): Promise<WatchedBrowser> {
  const faults: string[] = []
  const expected: RegExp[] = [sessionIsOver]
  const isFrom = (origins: readonly string[], url: string) =>
    origins.some((origin) => url === origin || url.startsWith(`${origin}/`))
  const isOurs = (url: string) => isFrom([...world.urls, ...world.upsUrls], url)

  context.on('request', (request) => {
    const url = request.url()
    if (!isOurs(url) && !url.startsWith('about:')) faults.push(`a request left the machine: ${url}`)
    if (url.endsWith('/csp-reports')) faults.push(`the browser reported a breach: ${request.postData()}`)
  })
  context.on('response', (response) => {
    if (!isFrom(world.urls, response.url())) return
    void response.headerValues('set-cookie').then(
      (cookies) => rememberSessions(cookies, world),
      () => undefined, // the page is gone, and its answer with it
    )
  })
  context.on('console', (message) => {
    const isNew = message.type() === 'error' && !expected.some((pattern) => pattern.test(message.text()))
    if (isNew && isFrom(world.urls, message.location().url)) faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().stack ?? error.error().message}`))

  await context.exposeBinding('noteBreach', (_source, breach: string) =>
    faults.push(`content policy: ${breach}`),
  )
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { noteBreach } = window as unknown as { noteBreach: (breach: string) => void }
      noteBreach(`${event.violatedDirective} ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  return { faults, expectConsoleError: (pattern) => expected.push(pattern) }
}

function rememberSessions(cookies: readonly string[], world: World): void {
  for (const cookie of cookies) {
    const value = /^(?:__Host-)?optin-hub-session=([^;]+)/.exec(cookie)?.[1]
    if (value) world.rememberSession(value)
  }
}
