import { describe, expect, it } from 'vitest'
import { acme, aHub, anApplication, anAuthorization } from '../../testing/builders'
import { openPage } from '../../testing/open-page'

const path = '/applications/pickup-manager/settings'
const aPickup = (overrides: Record<string, unknown>) =>
  anAuthorization({ application: 'PICKUP_MANAGER', ...overrides })

describe('Pickup Manager', () => {
  it('leads from Manage to Settings, where API opens the dialog of the selected company', async () => {
    const page = openPage('/applications/pickup-manager', aHub(aPickup({})))
    await page.heading('Intelligent Pickup Manager')
    await page.chooseFromMenu('Manage', 'Settings')
    await page.press('API')
    await page.sees(/UPS API Company: Acme Outfitters Credentials/)
    await page.press('OAuth')
    await page.heading('Before you go to UPS.com')
  })

  it('says Success after the return from UPS.com', async () => {
    const at = '2026-05-13T21:04:07.000Z'
    const application = anApplication('PICKUP_MANAGER')
    const optIn = { id: 'visit', outcome: 'AUTHORIZED', at, company: acme, application }
    const page = openPage(`${path}?opt-in=visit`, aHub(aPickup({ status: 'AUTHORIZED' }), { optIn }))
    await page.heading('Success')
    await page.sees('Successfully Opted-In to UPS Online Tools (OAuth)')
    await page.press('Close')
    await page.button('API')
  })

  it('shows Authenticated, asks its question before OPT-OUT, and says Success', async () => {
    const answers = aHub(aPickup({ status: 'AUTHORIZED' }))
    const ended = aPickup({ endReason: 'OPTED_OUT' })
    answers['optOut'] = () => Object.assign(answers, aHub(ended)) && ended
    const page = openPage(path, answers)
    await page.press('API')
    await page.heading('Authenticated')
    await page.sees('Acme Outfitters has been authenticated with it.')
    await page.press('OPT-OUT')
    await page.sees('Are you sure you want to opt out of UPS Online Tools (OAuth)?')
    await page.press('OK')
    await page.sees('Successfully Opted-Out of UPS Online Tools (OAuth)')
    await page.press('Close')
    expect(page.hub.asked.filter((one) => one.operation === 'OptOut')).toHaveLength(1)
  })
})
