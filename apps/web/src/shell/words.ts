export const words = {
  hub: 'Opt-In Hub',
  skip: 'Skip to the content',
  applications: 'Applications',
  hubMenu: 'Hub',
  companies: 'Companies',
  importCompanies: 'Import companies',
  people: 'People',
  auditTrail: 'Audit trail',
  signedInAs: 'Signed in as',
  account: 'your account',
  signOut: 'Sign out',
  footer: 'Opt-In Hub is not a product of UPS. UPS is a trademark of its owner.',
  unreachable: 'The hub does not answer. Check your connection; nothing has been lost.',
  tryAgain: 'Try again',
  notFoundTitle: 'There is no such page',
  notFound: 'The address may be mistyped or out of date.',
  toApplications: 'Go to the applications',
}

export const switcher = {
  title: 'Applications',
  lead: 'Five applications of UPS, each authorized by itself for each company.',
  verb: 'There it is called',
  summary: (authorized: number, all: number) => `Authorized by ${authorized} of ${all} companies`,
  attention: (count: number) => (count === 1 ? '1 has to opt in again' : `${count} have to opt in again`),
  notEnrolled: 'Not in use',
  notVisible: 'Not authorized or not in use',
}
