import { beforeEach, describe, expect, it } from 'vitest'
import { cancelAtLogin, signInAndAgree } from './stand-in.js'
import { ACME, authorizationUrl, RATING, Rehearsal } from './testing/rehearsal.js'

let rehearsal: Rehearsal

beforeEach(() => {
  rehearsal = new Rehearsal()
})

async function openLogin(changes: Record<string, string> = {}): Promise<string> {
  const sent = await rehearsal.fetch(authorizationUrl(changes))
  return (await rehearsal.fetch(sent.headers.get('location') ?? '')).text()
}

function post(path: string, page: string, fields: Record<string, string>): Promise<Response> {
  const transaction = /name="transaction" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ transaction, ...fields })
  return rehearsal.fetch(`http://127.0.0.1:4010${path}`, { method: 'POST', body })
}

const agreed = { username: 'acme', agree: 'yes', action: 'continue' }

async function openPassword(): Promise<string> {
  return (await post('/lasso/signin', await openLogin(), agreed)).text()
}

const words = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describe('the log in', () => {
  it('has the labels of UPS.com in both steps', async () => {
    const first = words(await openLogin())
    const second = words(await openPassword())
    for (const label of ['Log In', 'Email or Username', 'Continue', 'Forgot Username/Password', 'Cancel']) {
      expect(first).toContain(label)
    }
    expect(first).toContain("Don't have a profile? Sign up")
    expect(first).toContain('UPS Technology Agreement')
    expect(first).toContain('Customer Solutions - Intelligent Rating')
    for (const label of ['Welcome back, acme', 'Password', 'Log In', 'Forgot Username/Password', 'Cancel']) {
      expect(second).toContain(label)
    }
  })

  it('says on every page that it is not UPS', async () => {
    const paths = ['/', '/account', '/lasso/forgot', '/lasso/signup', '/no-such-page']
    const pages = await Promise.all(
      paths.map(async (path) => (await rehearsal.fetch(`http://127.0.0.1:4010${path}`)).text()),
    )
    for (const page of [...pages, await openLogin(), await openPassword()]) {
      expect(words(page)).toContain('UPS.com stand-in for rehearsal - not UPS')
    }
  })

  // UPS: the code is 132 characters of base64 and ends in `==`, scope=read though none was asked for, no iss.
  it('returns with a long code, the scope, and the state as it was', async () => {
    const state = 'st&te=<"é'
    const callback = await signInAndAgree(rehearsal.standIn, authorizationUrl({ state }), ACME)
    expect(callback.origin + callback.pathname).toBe(RATING.redirectUri)
    expect([...callback.searchParams.keys()]).toEqual(['code', 'scope', 'state'])
    expect(callback.searchParams.get('state')).toBe(state)
    expect(callback.searchParams.get('scope')).toBe('read')
    expect(callback.searchParams.get('code')).toMatch(/^[A-Za-z0-9]{130}==$/)
    expect(callback.search).toMatch(/^\?code=\w+==&scope=read&/)
  })

  it('takes the e-mail address for the username', async () => {
    const callback = await signInAndAgree(rehearsal.standIn, authorizationUrl(), {
      username: 'Acme@Example.com',
      password: 'ups-demo',
    })
    expect(callback.searchParams.has('code')).toBe(true)
  })

  it('does not go on before the agreement is ticked', async () => {
    const answer = await post('/lasso/signin', await openLogin(), { username: 'acme', action: 'continue' })
    const page = await answer.text()
    expect(words(page)).toContain('Tick the box to agree')
    expect(page).toContain('value="acme"')
    expect((await post('/lasso/password', page, { password: 'ups-demo' })).status).toBe(400)
  })

  it('asks again after a wrong password, for a known and for an unknown profile alike', async () => {
    const unknown = await (
      await post('/lasso/signin', await openLogin(), { ...agreed, username: 'nobody' })
    ).text()
    for (const page of [await openPassword(), unknown]) {
      const answer = await post('/lasso/password', page, { password: 'guess' })
      expect(answer.headers.get('location')).toBeNull()
      expect(words(await answer.text())).toContain('That username and password do not match.')
    }
  })

  it('lets the right password through after a wrong one', async () => {
    const again = await (await post('/lasso/password', await openPassword(), { password: 'guess' })).text()
    const answer = await post('/lasso/password', again, { password: 'ups-demo' })
    expect(answer.status).toBe(303)
  })

  // Our assumption: nothing public shows what UPS.com does.
  it('answers Cancel with error=access_denied in either step', async () => {
    const first = await cancelAtLogin(rehearsal.standIn, authorizationUrl())
    const second = await post('/lasso/password', await openPassword(), { action: 'cancel' })
    expect(first.href).toBe(`${RATING.redirectUri}?error=access_denied&state=a-state`)
    expect(second.headers.get('location')).toBe(first.href)
  })

  it('escapes what a person typed', async () => {
    const typed = { ...agreed, username: '<script>"x"' }
    const page = await (await post('/lasso/signin', await openLogin(), typed)).text()
    expect(page).not.toContain('<script>')
    expect(words(page)).toContain('Welcome back, &#60;script&#62;')
  })
})

describe('what holds the two steps together', () => {
  it('takes each step once', async () => {
    const first = await openLogin()
    const second = await (await post('/lasso/signin', first, agreed)).text()
    expect((await post('/lasso/signin', first, agreed)).status).toBe(400)
    expect((await post('/lasso/password', second, { password: 'ups-demo' })).status).toBe(303)
    expect((await post('/lasso/password', second, { password: 'ups-demo' })).status).toBe(400)
  })

  it('does not let the first step be skipped', async () => {
    const answer = await post('/lasso/password', await openLogin(), { password: 'ups-demo' })
    expect(answer.status).toBe(400)
  })

  it('goes out of date after ten minutes', async () => {
    const page = await openPassword()
    rehearsal.control.clock({ advanceSeconds: 600 })
    expect((await post('/lasso/password', page, { password: 'ups-demo' })).status).toBe(400)
  })

  it('refuses a form that another site posts', async () => {
    const transaction = /name="transaction" value="([^"]+)"/.exec(await openPassword())?.[1] ?? ''
    const answer = await rehearsal.fetch('http://127.0.0.1:4010/lasso/password', {
      method: 'POST',
      body: new URLSearchParams({ transaction, password: 'ups-demo' }),
      headers: { origin: 'http://elsewhere.example' },
    })
    expect(answer.status).toBe(400)
  })

  it('leads nowhere but to the registered address, even if the login page is opened by hand', async () => {
    const sent = await rehearsal.fetch(authorizationUrl())
    const url = new URL(sent.headers.get('location') ?? '')
    url.searchParams.set('redirect_uri', 'http://elsewhere.example/')
    const answer = await rehearsal.fetch(url)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('Invalid Redirect URL')
  })

  it('allows its forms to end at the registered address and nothing to be loaded from elsewhere', async () => {
    const sent = await rehearsal.fetch(authorizationUrl())
    const page = await rehearsal.fetch(sent.headers.get('location') ?? '')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; style-src 'self'; img-src 'self';")
    expect(policy).toContain("form-action 'self' http://localhost:4000;")
  })
})

describe('quirks of the way back', () => {
  it('drops the state when told to', async () => {
    rehearsal.control.quirks({ state: 'drop' })
    const callback = await signInAndAgree(rehearsal.standIn, authorizationUrl(), ACME)
    expect(callback.searchParams.has('state')).toBe(false)
  })

  it('strands the person on Cancel when told to', async () => {
    rehearsal.control.quirks({ cancel: 'stranded' })
    const answer = await post('/lasso/signin', await openLogin(), { action: 'cancel' })
    expect(answer.status).toBe(200)
    expect(words(await answer.text())).toContain('Log in cancelled')
  })
})
