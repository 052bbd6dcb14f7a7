import { describe, expect, it } from 'vitest'
import { acme, aHub, anApplication, anAuthorization, avery, blake, companiesOf } from '../../testing/builders'
import { refusal } from '../../testing/fake-hub'
import { openPage } from '../../testing/open-page'

const applications = [anApplication('RATING'), anApplication('PICKUP_MANAGER')]
const details = { ...acme, authorizations: [anAuthorization({ status: 'AUTHORIZED' })] }
const theHub = (overrides = {}) => aHub(anAuthorization(), { applications, company: details, ...overrides })

describe('the list', () => {
  it('tells an operator whose list is empty why, and how many have not authorized', async () => {
    const page = openPage('/companies', theHub({ viewer: blake, companies: companiesOf([], 7) }))
    await page.sees('7 more companies have not authorized yet.')
    expect(await page.link('Import companies')).toBeTruthy()
  })

  it('offers no import to others, and shows how each company stands', async () => {
    const authorizations = [
      anAuthorization({ status: 'AUTHORIZED' }),
      anAuthorization({ application: 'PICKUP_MANAGER', status: 'REAUTHORIZATION_REQUIRED' }),
    ]
    const page = openPage('/companies', theHub({ companies: companiesOf([{ ...acme, authorizations }]) }))
    await page.sees('1 of 2 applications authorized')
    await page.sees('1 has to opt in again')
    page.doesNotSee('Import companies')
  })

  it('goes on beyond the first page, as far as there are companies', async () => {
    const pageAfter = ({ first, after }: { first: number; after: string | null }) => {
      const from = after === null ? 0 : Number(after) + 1
      const numbers = Array.from({ length: Math.min(first, 140 - from) }, (_, index) => from + index)
      return {
        ...companiesOf(numbers.map((n) => ({ id: String(n), name: `Company ${n}.`, authorizations: [] }))),
        pageInfo: {
          hasNextPage: from + first < 140,
          hasPreviousPage: after !== null,
          endCursor: String(numbers.at(-1)),
        },
        totalCount: 140,
      }
    }
    const page = openPage('/companies', theHub({ companies: pageAfter }))
    await page.sees('Showing 25 of 140.')
    await page.press('Show more companies')
    await page.sees('Showing 125 of 140.')
    await page.press('Show more companies')
    await page.sees('Company 139.')
    expect(page.hasButton('Show more companies')).toBe(false)
    await page.sees('Company 0.')
  })

  it('says what is missing before it asks the hub, and leads to the new company', async () => {
    const page = openPage('/companies', theHub({ createCompany: { id: 'fresh', name: 'Fresh' } }))
    await page.press('Create a company')
    await page.press('Create')
    await page.sees('Give the company a name.')
    await page.fill('Name', '  Fresh ')
    await page.fill('Contact', 'javascript:alert(1)')
    await page.press('Create')
    await page.sees('This is neither a mail address, nor a phone number')
    await page.sees('Name the Account Executive as well.')
    await page.fill('Account Executive', 'Robin Ellis')
    await page.fill('Contact', 'robin@example.com')
    await page.press('Create')
    await page.heading('Acme Outfitters')
    expect(page.router.currentRoute.value.path).toBe('/companies/fresh')
    expect(page.hub.asked.find(({ operation }) => operation === 'CreateCompany')?.variables).toEqual({
      input: {
        name: 'Fresh',
        accountExecutiveName: 'Robin Ellis',
        accountExecutiveContact: 'robin@example.com',
        applications: [],
      },
    })
  })

  it('tells a solution admin why what they made is not in the list', async () => {
    const page = openPage(
      '/companies',
      theHub({ viewer: blake, companies: companiesOf([], 1), createCompany: { id: 'fresh', name: 'Fresh' } }),
    )
    await page.press('Create a company')
    await page.fill('Name', 'Fresh')
    await page.press('Create')
    await page.sees('Fresh was created. A solution admin sees a company only once it has authorized')
    expect(page.router.currentRoute.value.path).toBe('/companies')
  })
})

describe('one company', () => {
  it('is removed only after its name has been typed', async () => {
    const page = openPage('/companies/acme', theHub({ removeCompany: true }))
    await page.heading('Acme Outfitters')
    await page.press('Remove the company')
    await page.heading('Remove Acme Outfitters?')
    await page.fill('To confirm, type the name: Acme Outfitters', 'acme outfitters')
    const [, confirm] = [...document.querySelectorAll('button')].filter(
      (one) => one.textContent?.trim() === 'Remove the company',
    )
    confirm?.click()
    await page.sees('This is not the name of the company. Nothing has changed.')
    expect(page.hub.asked.map(({ operation }) => operation)).not.toContain('RemoveCompany')
    await page.fill('To confirm, type the name: Acme Outfitters', 'Acme Outfitters')
    confirm?.click()
    await page.heading('Companies')
    await page.sees('Acme Outfitters was removed.')
  })

  it('lets a viewer read, and offers nothing that would be refused', async () => {
    const viewer = { ...avery, memberships: [{ role: 'VIEWER', company: acme }] }
    const page = openPage('/companies/acme', theHub({ viewer }))
    await page.sees('Only an admin of this company can change it.')
    await page.sees('Authorized')
    await page.sees('Not in use')
    for (const verb of ['Save', 'Enrol', 'Withdraw', 'Remove the company'])
      expect(page.hasButton(verb)).toBe(false)
  })

  it('says that there is none where there is none to be seen', async () => {
    const page = openPage('/companies/other', theHub({ company: null }))
    await page.sees('There is no such company, or it is not among those you may see.')
  })

  it('says why enrolling failed, and shows how it stands now', async () => {
    const page = openPage(
      '/companies/acme',
      theHub({
        enrolCompany: () => {
          throw refusal('CONFLICT')
        },
      }),
    )
    await page.press('Enrol')
    await page.sees('This has changed in the meantime.')
  })
})

it('offers the import to solution admins only', async () => {
  const page = openPage('/companies/import', theHub())
  await page.sees('Only a solution admin can import companies.')
  expect(document.querySelector('input[type=file]')).toBeNull()
})
