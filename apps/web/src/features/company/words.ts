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
  none: 'You are not a member of any company here yet. The admin of your company can add you.',
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
