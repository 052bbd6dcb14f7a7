import { expect, it } from 'vitest'
import { createTestApp } from '../testing/create-test-app.js'

const hostile = '<script>alert(1)</script>'

async function worldWithLetter() {
  const world = await createTestApp()
  await world.app.database.inTransaction((manager) =>
    world.app.services.mail.post(manager, 'a@example.com', {
      subject: `Hello ${hostile}`,
      paragraphs: [hostile, 'https://elsewhere.example/'],
      link: { label: 'Go on', path: '/reset-password#secret' },
    }),
  )
  const [letter] = await world.lettersTo('a@example.com')
  return { world, browser: world.browser(), id: letter?.id ?? '' }
}

it('shows the letters of the rehearsal, whose words can do nothing', async () => {
  const { browser, id } = await worldWithLetter()
  const index = await browser.request('GET', '/dev/mail')
  expect([index.statusCode, index.headers['cache-control']]).toEqual([200, 'no-store'])
  expect(index.body).toContain(`<a href="/dev/mail/${id}">Hello &lt;script&gt;`)

  const page = await browser.request('GET', `/dev/mail/${id}`)
  expect(page.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; frame-src 'self'; base-uri 'none'/,
  )
  expect(page.headers['cache-control']).toBe('no-store')
  expect(page.body).toContain('<a href="http://localhost:4000/reset-password#secret">')
  expect(page.body, 'an address elsewhere is only text').not.toContain('href="https://elsewhere')
  expect(page.body).toContain('<iframe sandbox ')

  const html = await browser.request('GET', `/dev/mail/${id}/html`)
  expect(html.headers['content-security-policy']).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  )
  for (const { body } of [index, page, html]) expect(body).not.toContain('<script')
})

it('has no page for an id that is not a letter’s', async () => {
  const { browser } = await worldWithLetter()
  for (const id of ['00000000-0000-7000-8000-000000000000', '..%2Fstand-in', 'x', `${'a'.repeat(100)}`]) {
    for (const path of [`/dev/mail/${id}`, `/dev/mail/${id}/html`])
      expect((await browser.request('GET', path)).statusCode, path).toBe(404)
  }
})
