import { html, type Html } from './html.js'

export const NOT_UPS = 'UPS.com stand-in for rehearsal - not UPS'

interface Page {
  title: string
  body: Html
  status?: number
  /** The other origin that a form of this page may end up at, by the redirect that answers it. */
  goesOnTo?: string
}

export function page({ title, body, status = 200, goesOnTo }: Page): Response {
  const text = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} - ${NOT_UPS}</title>
        <link rel="icon" href="/stand-in.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/stand-in.css" />
      </head>
      <body>
        <header><p>${NOT_UPS}</p></header>
        <main>${body}</main>
        <footer>
          <p>
            Everything here is made up and stays on this machine. UPS is a trademark of its owner, who has
            nothing to do with this page.
          </p>
        </footer>
      </body>
    </html> `
  return new Response(text.text, { status, headers: pageHeaders(goesOnTo) })
}

function pageHeaders(goesOnTo: string | undefined): Record<string, string> {
  // Chromium holds form-action against the redirect that answers a form as well, so the registered callback must
  // be named here, or the log in would end on a page that does nothing.
  const formAction = ["'self'", ...(goesOnTo === undefined ? [] : [sourceOf(goesOnTo)])].join(' ')
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    // With no-referrer the browser would say `Origin: null` of our own forms, and they could not be told from others.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  }
}

function sourceOf(address: string): string {
  const url = new URL(address)
  return url.origin === 'null' ? url.protocol : url.origin
}

export function seeOther(location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'same-origin', ...headers },
  })
}

/** A form posted by another site's page. Browsers always send `Origin` with a post. */
export function isForeignPost(request: Request, publicUrl: URL): boolean {
  const origin = request.headers.get('origin')
  return origin !== null && origin !== publicUrl.origin && origin !== new URL(request.url).origin
}

export function message(text: string): Html {
  return html`<p class="message" role="alert">${text}</p>`
}
