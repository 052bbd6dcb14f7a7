import { describe, expect, it } from 'vitest'
import { acme, aHub, anAuthorization, companiesOf } from '../../testing/builders'
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

  it('says that there is no company yet', async () => {
    const page = openPage(path, { ...hub('NOT_AUTHORIZED'), companies: companiesOf([]) })
    await page.sees('You are not a member of any company here yet.')
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
