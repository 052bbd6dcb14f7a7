import { describe, expect, it } from 'vitest'
import { acme, aHub, anAuthorization, avery, blake, companiesOf } from './testing/builders'
import { refusal } from './testing/fake-hub'
import { eventually, openPage } from './testing/open-page'

describe('signing in', () => {
  it('leads back to the page that was asked for', async () => {
    const answers = aHub(anAuthorization(), { viewer: null })
    answers['signIn'] = () => (answers['viewer'] = avery)
    const page = openPage('/applications/rating?company=acme', answers)
    await page.fill('Sign in name', ' acme.admin ')
    await page.fill('Password', ' a password ')
    expect(page.router.currentRoute.value.path).toBe('/sign-in')
    await page.press('SIGN IN')
    await page.heading('Intelligent Rating')
    expect(page.router.currentRoute.value.fullPath).toBe('/applications/rating?company=acme')
    expect(page.hub.asked.find((one) => one.operation === 'SignIn')?.variables).toEqual({
      input: { signInName: 'acme.admin', password: ' a password ' },
    })
  })

  it('says that name and password do not belong together, and empties the password', async () => {
    const page = openPage('/', { viewer: null, signIn: () => refuse('UNAUTHENTICATED') })
    await page.fill('Sign in name', 'acme.admin')
    await page.fill('Password', 'wrong')
    await page.press('SIGN IN')
    await page.sees('This sign in name and password do not belong together.')
    expect((await page.field('Password')).value).toBe('')
    expect(page.router.currentRoute.value.path).toBe('/sign-in')
  })

  it('asks for what is missing before it asks the hub', async () => {
    const page = openPage('/', { viewer: null })
    await page.press('SIGN IN')
    await page.sees('Enter your sign in name.')
    await page.sees('Enter your password.')
    expect(document.activeElement).toBe(await page.field('Sign in name'))
    expect(page.hub.asked.map((one) => one.operation)).toEqual(['Viewer'])
  })

  it('takes whoever is signed in already past the sign-in page, but not to another site', async () => {
    const page = openPage('/sign-in?returnPath=//evil.example/', aHub())
    await page.heading('Applications')
    expect(page.router.currentRoute.value.path).toBe('/')
  })
})

describe('a session', () => {
  it('that has ended leads to sign-in, and from there back to the same page', async () => {
    const answers = aHub(anAuthorization(), { companies: () => refuse('UNAUTHENTICATED') })
    const page = openPage('/applications/reverse-logistics?company=acme', answers)
    await page.button('SIGN IN')
    expect(page.router.currentRoute.value.query).toEqual({
      returnPath: '/applications/reverse-logistics?company=acme',
    })
    await page.sees('Your session has ended. Sign in to go on where you were.')
  })

  it('is over after SIGN OUT, and nothing of it stays on the page', async () => {
    const page = openPage('/applications/rating', aHub(anAuthorization(), { signOut: true }))
    await page.sees('Avery Acme')
    await page.press('Sign out')
    await page.button('SIGN IN')
    page.doesNotSee('Avery Acme')
    page.doesNotSee('Your session has ended')
    expect(page.router.currentRoute.value.fullPath).toBe('/sign-in')
  })

  it('cannot be known while the hub does not answer; trying again opens the page', async () => {
    const answers = aHub(anAuthorization(), { offline: true })
    const page = openPage('/applications/rating', answers)
    await page.sees('The hub does not answer.')
    answers['offline'] = false
    await page.press('Try again')
    await page.heading('Intelligent Rating')
  })
})

describe('moving about', () => {
  it('names each page in the title and gives the focus to its heading', async () => {
    const page = openPage('/', aHub())
    await page.follow('UPS® Intelligent Rating')
    const heading = await page.heading('Intelligent Rating')
    await eventually(() => expect(document.activeElement).toBe(heading))
    expect(document.title).toBe('Intelligent Rating · Opt-In Hub')
  })

  it('keeps the chosen company from one application to the next', async () => {
    const page = openPage('/?company=acme', aHub())
    await eventually(async () =>
      expect((await page.link('UPS® Intelligent Rating')).getAttribute('href')).toBe(
        '/applications/rating?company=acme',
      ),
    )
  })

  it('says that there is no such page', async () => {
    const page = openPage('/nowhere', aHub())
    await page.heading('There is no such page')
  })
})

describe('the application switcher', () => {
  it('shows what each application calls it and how the company stands there', async () => {
    const nodes = [
      {
        ...acme,
        authorizations: [
          anAuthorization({ application: 'RATING', status: 'AUTHORIZED' }),
          anAuthorization({ application: 'PICKUP_MANAGER', status: 'REAUTHORIZATION_REQUIRED' }),
        ],
      },
    ]
    const page = openPage('/', aHub(undefined, { companies: companiesOf(nodes) }))
    await page.sees(/UPS® Intelligent Rating There it is called Authorize Authorized/)
    await page.sees(/UPS® Intelligent Pickup Manager There it is called OAuth Opt in again/)
    await page.sees(/UPS® Intelligent Consumer Returns There it is called AUTHENTICATE Not in use/)
  })

  it('says why a solution admin sees no company', async () => {
    const page = openPage('/', aHub(undefined, { viewer: blake, companies: companiesOf([], 7) }))
    await page.sees('7 more companies have not authorized yet.')
  })
})

function refuse(code: string): never {
  throw refusal(code)
}
