import { describe, expect, it } from 'vitest'
import { acme, aHub, anAuthorization, avery, blake } from '../../testing/builders'
import { refusal } from '../../testing/fake-hub'
import { eventually, openPage } from '../../testing/open-page'

/** The page of Rating stands for the five: what is looked at here is the same in all. */
const path = '/applications/rating/company-manager?company=acme'
const upsUrl = 'https://ups.example/security/v1/oauth/authorize?state=x'
const variablesOf = (page: ReturnType<typeof openPage>, operation: string) =>
  page.hub.asked.filter((one) => one.operation === operation).map((one) => one.variables['input'])
const isFocused = (element: HTMLElement) => eventually(() => expect(document.activeElement).toBe(element))

describe('beginning an authorization', () => {
  it('says for whom and what will happen before the browser leaves for UPS.com, and keeps the note', async () => {
    const page = openPage(path, aHub(undefined, { beginOptIn: { id: '1', authorizationUrl: upsUrl } }))
    await page.press('Authorize')
    await page.sees('You are about to let The rating application act for Acme Outfitters.')
    await page.sees(
      /agree to the UPS Technology Agreement and let Customer Solutions - The rating application/,
    )
    await page.sees('When the person who opts in changes their UPS.com password')
    expect(page.left).toEqual([])
    await page.fill('UPS.com profile you will use (optional)', ' the shipping desk ')
    await page.press('Continue to UPS.com')
    await eventually(() => expect(page.left).toEqual([upsUrl]))
    expect(variablesOf(page, 'BeginOptIn')).toEqual([
      {
        companyId: 'acme',
        application: 'RATING',
        returnTo: 'RATING_COMPANY_MANAGER',
        upsProfileNote: 'the shipping desk',
      },
    ])
  })

  it('begins once, however often one presses', async () => {
    const page = openPage(path, aHub(undefined, { beginOptIn: { id: '1', authorizationUrl: upsUrl } }))
    await page.press('Authorize')
    const go = await page.button('Continue to UPS.com')
    go.click()
    await eventually(() => expect(go.getAttribute('aria-disabled')).toBe('true'))
    go.click()
    await eventually(() => expect(page.left).toEqual([upsUrl]))
    expect(variablesOf(page, 'BeginOptIn')).toHaveLength(1)
  })

  it('can be tried again after the Back button has brought the page back', async () => {
    const page = openPage(path, aHub(undefined, { beginOptIn: { id: '1', authorizationUrl: upsUrl } }))
    await page.press('Authorize')
    await page.press('Continue to UPS.com')
    await eventually(() => expect(page.left).toHaveLength(1))
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    const go = await page.button('Continue to UPS.com')
    await eventually(() => expect(go.getAttribute('aria-disabled')).toBe(null))
    await page.press('Continue to UPS.com')
    await eventually(() => expect(page.left).toHaveLength(2))
  })

  it('says in the dialog why it cannot be begun', async () => {
    const beginOptIn = () => refuse('UPS_UNAVAILABLE')
    const page = openPage(path, aHub(undefined, { beginOptIn }))
    await page.press('Authorize')
    await page.press('Continue to UPS.com')
    await page.sees(/UPS\.com cannot be reached at the moment\. Nothing has changed.* request-1/)
    expect(page.left).toEqual([])
  })

  it('follows no address that is not a web address', async () => {
    const beginOptIn = { id: '1', authorizationUrl: 'javascript:alert(1)' }
    const page = openPage(path, aHub(undefined, { beginOptIn }))
    await page.press('Authorize')
    await page.press('Continue to UPS.com')
    await page.sees('The hub has failed at this.')
    expect(page.left).toEqual([])
  })
})

describe('an authorization that UPS.com does not accept any more', () => {
  const lapsed = anAuthorization({
    status: 'REAUTHORIZATION_REQUIRED',
    endReason: 'REFUSED_BY_UPS',
    endedAt: '2026-05-12T08:30:00.000Z',
    authorizedBy: { id: 'avery', displayName: 'Avery Acme' },
    upsProfileNote: 'the shipping desk',
  })

  it('says so, since when and who had opted in, and one click goes to UPS.com again', async () => {
    const page = openPage(path, aHub(lapsed, { beginOptIn: { id: '1', authorizationUrl: upsUrl } }))
    await page.sees('UPS.com has refused this authorization')
    await page.sees('Since 12 May 2026, 08:30 UTC')
    await page.sees('Had opted in Avery Acme UPS.com profile the shipping desk')
    await page.press('Opt in again')
    await eventually(() => expect(page.left).toEqual([upsUrl]))
    expect(variablesOf(page, 'BeginOptIn')).toMatchObject([{ upsProfileNote: 'the shipping desk' }])
  })

  it('fills in the profile of the last time when one goes the long way', async () => {
    const page = openPage(path, aHub(lapsed))
    await page.press('Authorize')
    expect((await page.field('UPS.com profile you will use (optional)')).value).toBe('the shipping desk')
  })

  it('can be opted out of instead', async () => {
    const ended = anAuthorization({ endReason: 'OPTED_OUT' })
    const page = openPage(path, aHub(lapsed, { optOut: ended }))
    await page.press('Opt out')
    await page.sees('End the authorization of Acme Outfitters for Intelligent Rating?')
  })
})

describe('ending an authorization', () => {
  const authorized = anAuthorization({ status: 'AUTHORIZED' })
  const ended = anAuthorization({
    endReason: 'OPTED_OUT',
    endedAt: '2026-05-13T21:10:00.000Z',
    endedBy: { id: 'avery', displayName: 'Avery Acme' },
    upsMayHonourUntil: '2026-05-13T22:04:06.000Z',
  })

  function hubThatEnds() {
    const answers = aHub(authorized)
    answers['optOut'] = () => Object.assign(answers, aHub(ended)) && ended
    return answers
  }

  it('asks first, and a Cancel changes nothing and gives the focus back', async () => {
    const page = openPage(path, hubThatEnds())
    const optOut = await page.button('Opt out')
    optOut.focus()
    optOut.click()
    await page.sees('It takes effect at once')
    await page.press('Cancel')
    await isFocused(optOut)
    expect(variablesOf(page, 'OptOut')).toEqual([])
  })

  it('says what has become of it and until when UPS may honour the last token', async () => {
    const page = openPage(path, hubThatEnds())
    await page.press('Opt out')
    const dialog = await eventually(() => {
      const found = document.querySelector('[role=alertdialog]')
      if (!found) throw new Error('There is no question yet')
      return found
    })
    ;[...dialog.querySelectorAll('button')].at(-1)?.click()
    await isFocused(await page.heading('Opted out'))
    await page.sees('UPS may honour it until 13 May 2026, 22:04 UTC')
    await page.button('Authorize')
    expect(variablesOf(page, 'OptOut')).toEqual([{ companyId: 'acme', application: 'RATING' }])
  })

  it('does not speak of a last token whose time is over', async () => {
    const page = openPage(path, aHub(ended), '2026-05-13T22:04:07.000Z')
    await page.heading('Opted out')
    page.doesNotSee('UPS may honour it until')
  })
})

describe('checking an authorization', () => {
  const problem = {
    since: '2026-05-13T21:00:00.000Z',
    attempts: 3,
    nextAttemptAt: '2026-05-13T21:20:00.000Z',
  }
  const authorized = anAuthorization({ status: 'AUTHORIZED', upsProfileNote: 'the shipping desk' })

  it('tells that UPS.com has confirmed it', async () => {
    const page = openPage(path, aHub(authorized, { refreshToken: authorized }))
    await page.press('Check now')
    await page.sees('UPS.com has confirmed the authorization.')
  })

  it('shows what the hub has learned when UPS.com could not be reached', async () => {
    const answers = aHub(authorized)
    const unreachable = { ...authorized, refreshProblem: { ...problem, code: 'X', message: 'x' } }
    answers['refreshToken'] = () => {
      Object.assign(answers, aHub(unreachable))
      return refuse('UPS_UNAVAILABLE')
    }
    const page = openPage(path, answers)
    await page.press('Check now')
    await page.sees(/UPS\.com cannot be reached The authorization still stands .* Attempts 3/)
    await page.sees('Next attempt 13 May 2026, 21:20 UTC')
  })

  it('shows that it has to be done anew when UPS.com refused', async () => {
    const answers = aHub(authorized)
    answers['refreshToken'] = () => {
      Object.assign(answers, aHub(anAuthorization({ status: 'REAUTHORIZATION_REQUIRED' })))
      return refuse('REAUTHORIZATION_REQUIRED')
    }
    const page = openPage(path, answers)
    await page.press('Check now')
    await page.button('Opt in again')
  })
})

describe('whoever may only look', () => {
  it.each([
    ['a viewer of the company', { ...avery, memberships: [{ role: 'VIEWER', company: acme }] }],
    ['a solution admin', blake],
  ])('sees the state as %s, without the verbs, and is told who can act', async (_who, viewer) => {
    const page = openPage(path, aHub(anAuthorization({ status: 'AUTHORIZED' }), { viewer }))
    await page.sees('AUTHORIZED')
    await page.sees('Only an admin of Acme Outfitters can opt in or out.')
    expect(['Authorize', 'Opt out', 'Check now'].filter(page.hasButton)).toEqual([])
  })
})

function refuse(code: string): never {
  throw refusal(code)
}
