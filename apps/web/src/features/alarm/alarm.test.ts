import { expect, it } from 'vitest'
import { anApplication, aHub, anAuthorization, avery, blake, companiesOf } from '../../testing/builders'
import { openPage } from '../../testing/open-page'

const alarms = [
  { id: 'one', kind: 'APPLICATION_REFUSED', application: 'RATING', raisedAt: '2026-05-13T20:00:00.000Z' },
  { id: 'two', kind: 'CLOCK_SKEW', application: null, raisedAt: '2026-05-13T20:00:00.000Z' },
]
const theHub = (viewer: object) =>
  aHub(anAuthorization(), {
    viewer,
    alarms,
    companies: companiesOf([]),
    applications: [anApplication('RATING')],
  })

it.each(['/companies', '/audit-trail', '/account'])(
  'tells a solution admin at %s what only they can put right',
  async (path) => {
    const page = openPage(path, theHub(blake))
    await page.heading('UPS refuses The rating application')
    await page.heading('The clock of the hub is wrong')
  },
)

it('asks for alarms for nobody else', async () => {
  const page = openPage('/companies', theHub(avery))
  await page.heading('Companies')
  expect(page.hub.asked.map(({ operation }) => operation)).not.toContain('Alarms')
})

const mark = 'UPS.com is a stand-in here'

it.each([
  ['signed in', avery, 'Your account'],
  ['signed out', null, 'Sign in'],
])('says to who is %s that UPS.com is a stand-in, where it is one', async (_, viewer, heading) => {
  const page = openPage('/account', { ...theHub(avery), viewer, upsEnvironment: 'STAND_IN' })
  await page.heading(heading)
  await page.sees(mark)
})

it('says nothing of a stand-in where UPS is meant', async () => {
  const page = openPage('/account', theHub(avery))
  await page.heading('Your account')
  page.doesNotSee(mark)
})
