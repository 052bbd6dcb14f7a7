/** The hub counts no further. */
const countLimit = 10_000
const atMost = (total: number) =>
  total < countLimit ? String(total) : `${countLimit.toLocaleString('en')} or more`

export const words = {
  company: 'Company',
  choose: 'Choose a company',
  search: 'Find a company by name',
  showMore: 'Show more companies',
  loading: 'Loading the companies…',
  noneFound: 'No company of yours has a name like this.',
  chooseFirst: 'Choose a company to see its authorization.',
  notYours: 'This company is not among those you may see, or it does not use this application.',
  hidden: (count: number) => {
    const companies = count === 1 ? '1 more company has' : `${count} more companies have`
    return `${companies} not authorized yet. A solution admin sees a company only once it has.`
  },
  notAll: (shown: number, total: number) => `Showing ${shown} of ${atMost(total)}. Find the others by name.`,
  tipTitle: 'Tip',
  tip: (name: string) => `For help with this, turn to your Account Executive, ${name}`,
  tipNobody: 'For help with this, turn to your Account Executive.',
}

export const standings = { title: 'How your companies stand here' }

export const noCompanies = {
  newcomer: {
    title: 'You have no company here yet',
    body: (name: string) => [
      `If your company is here already, ask one of its admins to invite you, ${name}: in Data Management, under Users. The letter that you get brings you in.`,
      'If it is not, create it. You are its admin then, and can opt in for it and invite others.',
    ],
    links: [{ to: '/companies', label: 'Create your company' }],
  },
  elsewhere: {
    title: 'None of your companies uses this application',
    body: () => ['An admin of a company enrols it, on the page of the company.'],
    links: [{ to: '/companies', label: 'Go to your companies' }],
  },
  operator: {
    title: 'There is no company to see',
    body: () => [
      'Create companies, one by one or from a file. Each of them appears here once it has authorized an application.',
    ],
    links: [
      { to: '/companies', label: 'Create a company' },
      { to: '/companies/import', label: 'Import companies' },
    ],
  },
}
