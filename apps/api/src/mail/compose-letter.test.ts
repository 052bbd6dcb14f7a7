import { expect, it } from 'vitest'
import { composeLetter } from './compose-letter.js'

const hub = new URL('https://hub.example.com')
const content = { subject: 'A subject', paragraphs: ['First.', 'Second.'] }

it('says the same as text and as HTML, with links to the public address alone', () => {
  const letter = composeLetter(
    'a@example.com',
    { ...content, link: { label: 'Go on', path: '/reset-password#secret' }, closing: ['Not you?'] },
    hub,
  )
  for (const part of [
    'First.',
    'Second.',
    'Go on',
    'https://hub.example.com/reset-password#secret',
    'Not you?',
  ]) {
    expect(letter.text).toContain(part)
    expect(letter.html).toContain(part)
  }
  const addresses = `${letter.text}${letter.html}`.match(/https?:\/\/[^\s"<]+/g) ?? []
  expect(new Set(addresses.map((address) => new URL(address).origin))).toEqual(new Set([hub.origin]))
})

it('never lets words become markup', () => {
  const hostile = `<img src=x onerror="alert(1)">&'`
  const { html } = composeLetter(
    'a@example.com',
    {
      subject: hostile,
      paragraphs: [hostile],
      link: { label: hostile, path: `/x#${hostile}` },
      closing: [hostile],
    },
    hub,
  )
  expect(html).not.toMatch(/<img|onerror="/)
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;')
})

it.each([
  'a@example.com\r\nBcc: b@example.com',
  'a@example.com\nb@example.com',
  'a@example.com, b@example.com',
  'A <a@example.com>',
  'a b@example.com',
  'a@b@example.com',
  'a@example.com\u0000',
  '@example.com',
  'a',
  '',
])('refuses %j, which is not one plain address', (to) => {
  expect(() => composeLetter(to, content, hub)).toThrow(/one plain mail address/)
})

it.each(['one\r\nBcc: b@example.com', 'one\ntwo', 'one\u2028two', '', 'x'.repeat(201)])(
  'refuses the subject %j',
  (subject) => {
    expect(() => composeLetter('a@example.com', { ...content, subject }, hub)).toThrow(/one line/)
  },
)
