import type { Question } from '../../ui/BaseQuestion.vue'

/** Labels of the guide, to the letter. */
export const verbatim = {
  title: 'Intelligent Consumer Returns',
  admin: 'Admin',
  licenseKey: 'UPS API License Key',
  oAuthAuthentication: 'oAuth Authentication',
  status: 'Status',
  notAuthenticated: 'Not authenticated.',
  authenticate: 'AUTHENTICATE',
  apiAccess: 'API Access',
  configured: 'Configured',
  notConfigured: 'Not configured',
  updateKey: 'UPDATE KEY',
  serviceGuide: 'SERVICE GUIDE',
  salesOrders: 'Sales Orders',
  search: 'SEARCH',
  viewAll: 'VIEW ALL',
  orderNumber: 'Order#',
  email: 'Email',
  contactName: 'Contact Name',
  companyName: 'Company Name',
  country: 'Country',
  orderedAt: 'Order Date',
  addedAt: 'Date Added',
  trackingNumber: 'Original TrackNo',
  sku: 'SKU',
  description: 'Description',
  orderQuantity: 'Order Qty',
  quantityReturned: 'Qty Returned',
}

const columnKeys = [
  'orderNumber',
  'email',
  'contactName',
  'companyName',
  'country',
  'orderedAt',
  'addedAt',
  'trackingNumber',
  'sku',
  'description',
  'orderQuantity',
  'quantityReturned',
] as const

/** What the grid of the guide shows, in its order. */
export const orderColumns = columnKeys.map((key) => ({ key, label: verbatim[key] }))

export const words = {
  application: 'UPS® Intelligent Consumer Returns',
  managerTitle: 'Company Manager',
  back: 'Back to Intelligent Consumer Returns',
  authenticated: 'Authenticated.',
  renew: 'Authenticated until UPS.com refused it; authenticate again.',
  since: 'Authenticated on',
  accessUntil: 'Access token until',
  refreshUntil: 'Refresh token until',
  adminHint: 'Choose Admin, at the upper corner, to authenticate a company or to opt out.',
  optOut: 'Opt out',
}

export const endQuestion = (company: string): Question => ({
  title: 'Opt out',
  question: `End the authentication of ${company} for Intelligent Consumer Returns?`,
  consequence: 'It takes effect at once: no application obtains a token or data for this company any more.',
  confirm: 'Opt out',
  cancel: 'Cancel',
})

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
const mostCounted = 10_000

export const orderWords = {
  importLink: 'Import sales orders',
  searchLabel: 'How an Order#, Email, Original TrackNo or SKU begins',
  loading: 'The sales orders are on their way.',
  noneFound: (search: string) =>
    `No Order#, Email, Original TrackNo or SKU begins with “${search}”. VIEW ALL shows every order.`,
  noneYet: 'There are no orders yet. Import sales orders from a CSV file to see them here.',
  noneYetHere: 'There are no orders yet. An admin of the company can import them from a CSV file.',
  count: (count: number, search: string) => {
    const orders = `${counted(count, 'order', 'orders')}${count < mostCounted ? '' : ' or more'}`
    return search === '' ? orders : `${orders} found for “${search}”`
  },
  firstPage: 'First page',
  nextPage: 'Next page',
}

interface ImportedOrders {
  added: number
  replaced: number
}

const added = (count: number) => counted(count, 'new order', 'new orders')

export const importWords = {
  title: 'Import sales orders',
  back: 'Back to Sales Orders',
  lead: (company: string) =>
    `Orders of ${company} from a CSV file in UTF-8, with a first line that names the columns. It is checked first; nothing is imported while anything in it is wrong.`,
  notYours: (company: string) => `Only an admin of ${company} can import its orders.`,
  chooseFirst: 'Choose the company whose orders you want to import.',
  writing: 'Writing the orders',
  wouldBe: (sum: ImportedOrders) =>
    `It holds ${added(sum.added)}, and ${sum.replaced.toLocaleString('en')} that will replace what is there. Nothing has been imported yet.`,
  done: (sum: ImportedOrders) =>
    `Imported: ${added(sum.added)}; ${sum.replaced.toLocaleString('en')} replaced what was there.`,
}

export const importColumns = [
  ['Order#', 'Must be there. With the SKU it tells one article of an order from all others.'],
  ['Order Date', 'Must be there, as 2022-05-13 or 13 May 2022.'],
  ['Order Qty', 'Must be there: how many were ordered.'],
  ['SKU', 'What tells the article from others.'],
  ['Description', 'The article in words.'],
  ['Qty Returned', 'How many came back; none where it is left empty.'],
  ['Email, Contact Name, Company Name, Country', 'Who ordered, and where it went.'],
  ['Original TrackNo', 'Of the parcel that went out.'],
  ['Date Added', 'Is passed over: it says when an order came into this hub.'],
] as const

export const keyWords = {
  endsIn: (lastFour: string) => `Ends in ${lastFour}`,
  key: 'Key',
  setAt: 'Set on',
  setBy: 'Set by',
  title: (company: string) => `License key of ${company}`,
  lead: 'The key is kept encrypted and is never shown again; only its last four characters are. It replaces the one that is there.',
  label: 'New UPS API License Key',
  hint: '12 to 64 letters, digits and hyphens, as UPS gave it to you.',
  wrong: 'A key has 12 to 64 letters, digits and hyphens.',
  save: 'Save the key',
  cancel: 'Cancel',
  updated: 'The license key was updated.',
  remove: 'Remove key',
  removed: 'The license key was removed.',
}

export const keyRemoval = (company: string): Question => ({
  title: 'Remove the license key?',
  question: `The license key of ${company} is destroyed at once. To have one again, somebody must enter it.`,
  confirm: keyWords.remove,
  cancel: keyWords.cancel,
})
