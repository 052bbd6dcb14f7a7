interface Fetches {
  fetch(request: Request): Promise<Response>
}

/**
 * What a person does at UPS.com, for tests: follows the authorization URL to the login page, agrees, gives the
 * password. Answers the address the browser would then be sent to.
 */
export async function signInAndAgree(
  standIn: Fetches,
  authorizationUrl: URL | string,
  { username, password }: { username: string; password: string },
): Promise<URL> {
  const first = await openLogin(standIn, authorizationUrl)
  const second = await post(standIn, first, { username, agree: 'yes', action: 'continue' })
  if (second.status !== 200) throw new Error(`The first step of the log in was answered ${second.status}.`)
  const step = { url: new URL('/lasso/password', first.url), transaction: transactionIn(await second.text()) }
  return locationOf(await post(standIn, step, { password, action: 'continue' }))
}

/** A person who changes their mind: the address the browser is sent to on Cancel. */
export async function cancelAtLogin(standIn: Fetches, authorizationUrl: URL | string): Promise<URL> {
  const step = await openLogin(standIn, authorizationUrl)
  return locationOf(await post(standIn, step, { action: 'cancel' }))
}

interface Step {
  url: URL
  transaction: string
}

async function openLogin(standIn: Fetches, authorizationUrl: URL | string): Promise<Step> {
  const sent = await standIn.fetch(new Request(authorizationUrl, { redirect: 'manual' }))
  const loginUrl = sent.headers.get('location')
  if (sent.status !== 302 || loginUrl === null) {
    throw new Error(`Stranded at authorize: ${sent.status} ${await sent.text()}`)
  }
  const url = new URL(loginUrl)
  const page = await standIn.fetch(new Request(url, { redirect: 'manual' }))
  return { url, transaction: transactionIn(await page.text()) }
}

function post(
  standIn: Fetches,
  { url, transaction }: Step,
  fields: Record<string, string>,
): Promise<Response> {
  const body = new URLSearchParams({ transaction, ...fields })
  return standIn.fetch(new Request(new URL(url.pathname, url), { method: 'POST', body, redirect: 'manual' }))
}

function transactionIn(page: string): string {
  const transaction = /name="transaction" value="([^"]+)"/.exec(page)?.[1]
  if (transaction === undefined) throw new Error('The login page has no form to go on with.')
  return transaction
}

function locationOf(response: Response): URL {
  const location = response.headers.get('location')
  if (location !== null) return new URL(location)
  throw new Error(`The log in did not lead back to the application; it was answered ${response.status}.`)
}
