import { mailAddress } from '../mail-address.js'
import type { Letter, LetterContent } from './letter.js'

const oneLine = /^[^\p{Cc}\u2028\u2029]{1,200}$/u

const signature = 'Opt-In Hub is not a product of UPS.'

/**
 * Text and HTML from one content; links are built from the public address of the hub alone.
 *
 * @throws {TypeError} for an address or a subject that could begin a header of its own
 */
export function composeLetter(to: string, content: LetterContent, publicUrl: URL): Letter {
  const { subject, paragraphs, lists = [], link, closing = [] } = content
  if (!mailAddress.test(to)) throw new TypeError('a letter goes to one plain mail address')
  if (!oneLine.test(subject)) throw new TypeError('the subject of a letter is one line')
  const address = link ? new URL(link.path, publicUrl).href : null
  const linked = lists.map(({ lead, items }) => ({
    lead,
    items: items.map(({ text, path }) => ({ text, address: new URL(path, publicUrl).href })),
  }))
  const action = link && address ? [`${link.label}:\n${address}`] : []
  return {
    to,
    subject,
    text: `${[...paragraphs, ...linked.flatMap(listInText), ...action, ...closing, `-- \n${signature}\n${publicUrl.origin}`].join('\n\n')}\n`,
    html: htmlOf(subject, [
      ...paragraphs.map(paragraph),
      ...linked.flatMap(({ lead, items }) => [paragraph(lead), listInHtml(items)]),
      ...(link && address ? [button(link.label, address)] : []),
      ...closing.map(paragraph),
    ]),
  }
}

const paragraph = (words: string): string => `<p style="margin:0 0 16px">${escapeHtml(words)}</p>`

interface Item {
  text: string
  address: string
}

const listInText = ({ lead, items }: { lead: string; items: readonly Item[] }): string[] => [
  lead,
  ...items.map(({ text, address }) => `- ${text}\n  ${address}`),
]

function listInHtml(items: readonly Item[]): string {
  const lines = items.map(
    ({ text, address }) =>
      `<li style="margin:0 0 8px"><a href="${escapeHtml(address)}" style="color:#0a5a6e">${escapeHtml(text)}</a></li>`,
  )
  return `<ul style="margin:0 0 16px;padding-left:20px">\n${lines.join('\n')}\n</ul>`
}

/** The address is there to be read as well: some readers show no buttons, and one should see where a link leads. */
function button(label: string, address: string): string {
  const href = escapeHtml(address)
  return `<p style="margin:24px 0 8px"><a href="${href}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#0a5a6e;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></p>
<p style="margin:0 0 24px;font-size:13px;color:#56616b;word-break:break-all">${href}</p>`
}

function htmlOf(subject: string, blocks: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:#f3f5f7;color:#1c2430;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:32px;border-radius:8px;background:#ffffff">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escapeHtml(subject)}</h1>
${blocks.join('\n')}
<p style="margin:32px 0 0;font-size:13px;color:#56616b">${signature}</p>
</div>
</body>
</html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (each) => entities[each] ?? each)
