import { createHash } from 'node:crypto'
import { escapeHtml } from './compose-letter.js'
import type { StampedLetter } from './letter.js'

const style = `
:root { color-scheme: light dark; }
body { max-width: 52rem; margin: 0 auto; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; }
li { margin-bottom: 0.75rem; overflow-wrap: anywhere; }
pre { padding: 1rem; border: 1px solid; border-radius: 0.5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
iframe { width: 100%; height: 36rem; border: 1px solid; border-radius: 0.5rem; background: #fff; }
a:focus-visible, iframe:focus-visible { outline: 3px solid; outline-offset: 2px; }
`
const styleHash = createHash('sha256').update(style).digest('base64')

export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

export function indexPage(letters: readonly StampedLetter[]): string {
  const items = letters.map(
    ({ id, at, to, subject }) =>
      `<li><a href="/dev/mail/${id}">${escapeHtml(subject)}</a><br>${escapeHtml(to)}, ${at.toISOString()}</li>`,
  )
  const list = items.length > 0 ? `<ul>${items.join('\n')}</ul>` : '<p>No letter has been sent yet.</p>'
  return pageOf(
    'Letters',
    `<p>What the hub has sent. Here, in the rehearsal, letters do not leave the machine.</p>${list}`,
  )
}

export function letterPage({ id, at, to, subject, text }: StampedLetter, publicUrl: URL): string {
  return pageOf(
    subject,
    `<p><a href="/dev/mail">All letters</a></p>
<p>To ${escapeHtml(to)}, ${at.toISOString()}</p>
<h2>As text</h2>
<pre>${withOwnLinks(text, publicUrl)}</pre>
<h2>As HTML</h2>
<iframe sandbox title="The letter as HTML" src="/dev/mail/${id}/html"></iframe>`,
  )
}

/** Addresses of the hub can be followed; any other stays text. */
function withOwnLinks(text: string, publicUrl: URL): string {
  return text
    .split(/(\s+)/)
    .map((word) => {
      const shown = escapeHtml(word)
      const isOwn = URL.canParse(word) && new URL(word).origin === publicUrl.origin
      return isOwn ? `<a href="${shown}">${shown}</a>` : shown
    })
    .join('')
}

function pageOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body>
</html>
`
}
