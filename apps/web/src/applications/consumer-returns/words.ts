import type { EndWords } from '../../features/authorization/EndDialog.vue'

/** Labels of the guide, to the letter. */
export const verbatim = {
  title: 'Intelligent Consumer Returns',
  admin: 'Admin',
  licenseKey: 'UPS API License Key',
  oAuthAuthentication: 'oAuth Authentication',
  status: 'Status',
  notAuthenticated: 'Not authenticated.',
  authenticate: 'AUTHENTICATE',
}

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

export const endWords: EndWords = {
  title: 'Opt out',
  question: (company) => `End the authentication of ${company} for Intelligent Consumer Returns?`,
  consequence: 'It takes effect at once: no application obtains a token or data for this company any more.',
  confirm: 'Opt out',
  cancel: 'Cancel',
}
