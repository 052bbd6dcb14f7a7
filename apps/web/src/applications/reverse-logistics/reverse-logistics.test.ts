import { describe, expect, it } from 'vitest'
import { acme, aHub, anAuthorization, avery, blake, companiesOf } from '../../testing/builders'
import { openPage } from '../../testing/open-page'

const path = '/applications/reverse-logistics'

function hub(status: string) {
  const authorization = anAuthorization({ application: 'REVERSE_LOGISTICS', status })
  return aHub(authorization, {
    frequentlyAskedQuestions: [
      { question: 'WHAT IS OAUTH 2.0?', answer: 'A way to authorize.' },
      { question: 'WHY HAS UPS ADOPTED THE OAUTH STANDARD?', answer: 'So that nobody shares credentials.' },
    ],
  })
}

describe('Reverse Logistics', () => {
  it('shows who is signed in and, under it, the company with Opt-In', async () => {
    const page = openPage(path, hub('NOT_AUTHORIZED'))
    await page.heading('Administration')
    await page.sees(/Signed in as Avery Acme \(acme\.admin\) Acme Outfitters Opt-In/)
  })

  it('has Authorized in the place of Opt-In, and asks before it opts out', async () => {
    const page = openPage(path, hub('AUTHORIZED'))
    await page.press('Authorized')
    await page.sees('End the authorization of Acme Outfitters for Intelligent Reverse Logistics?')
    expect(page.hasButton('Opt-In')).toBe(false)
  })

  it('opens and closes the answers', async () => {
    const page = openPage(path, hub('NOT_AUTHORIZED'))
    const question = await page.button('WHAT IS OAUTH 2.0?')
    expect(question.getAttribute('aria-expanded')).toBe('false')
    question.click()
    await page.sees('A way to authorize.')
    page.doesNotSee('So that nobody shares credentials.')
    question.click()
    await page.button('WHY HAS UPS ADOPTED THE OAUTH STANDARD?')
    expect(question.getAttribute('aria-expanded')).toBe('false')
  })

  it.each([
    [{ ...avery, memberships: [] }, 'You have no company here yet', '/companies'],
    [avery, 'None of your companies uses this application', '/companies'],
    [blake, 'There is no company to see', '/companies/import'],
  ])('says why the list is empty, and what to do: %#', async (viewer, why, way) => {
    const page = openPage(path, { ...hub('NOT_AUTHORIZED'), viewer, companies: companiesOf([]) })
    const notice = (await page.heading(why)).parentElement
    expect([...(notice?.querySelectorAll('a') ?? [])].map((one) => one.getAttribute('href'))).toContain(way)
  })

  it('finds a company by name when not all are in view', async () => {
    const authorization = anAuthorization({ application: 'REVERSE_LOGISTICS' })
    const one = companiesOf([{ ...acme, authorizations: [authorization] }])
    const companies = ({ search }: { search?: string }) =>
      search === 'zz' ? companiesOf([]) : { ...one, totalCount: 300 }
    const page = openPage(path, { ...hub('NOT_AUTHORIZED'), companies })
    await page.sees('Showing 1 of 300.')
    await page.fill('Find a company by name', 'zz')
    await page.sees('No company of yours has a name like this.')
  })
})
