import { afterEach, expect, it, vi } from 'vitest'
import { blake } from '../../testing/builders'
import { openPage } from '../../testing/open-page'
import { words } from './words'

afterEach(() => {
  vi.unstubAllGlobals()
})

const sum = { companies: 1, enrolments: 0, invitations: 1 }

it('asks for the password once more where the hub wants it before people are invited, and goes on', async () => {
  const sent: string[] = []
  const answers = [
    { result: { importId: null, ...sum } },
    { error: { code: 'FORBIDDEN', reason: 'FRESH_AUTHENTICATION_REQUIRED', requestId: 'one' } },
    { result: { importId: 'two', ...sum } },
  ]
  vi.stubGlobal('fetch', (path: string) => {
    sent.push(path)
    return Promise.resolve(new Response(`${JSON.stringify(answers.shift())}\n`))
  })
  const page = openPage('/companies/import', { viewer: blake, reauthenticate: true })
  const input = await page.field(words.file)
  Object.defineProperty(input, 'files', { value: [new File(['company,admin e-mail'], 'customers.csv')] })
  input.dispatchEvent(new Event('change'))
  await page.press(words.check)
  await page.press(words.importNow)
  await page.heading('Your password, once more')
  await page.fill('Password', 'opt-in-hub-demo')
  await page.press('Go on')
  await page.sees(words.imported)
  expect(sent).toEqual(['/imports/rehearsal', '/imports', '/imports'])
  expect(page.hub.asked.map(({ operation }) => operation)).toContain('Reauthenticate')
})
