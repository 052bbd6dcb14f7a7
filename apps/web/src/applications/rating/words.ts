import type { Question } from '../../ui/BaseQuestion.vue'

/** Labels of the guide, to the letter. */
export const verbatim = {
  settings: 'Settings',
  authorizeCustomer: 'Authorize Customer',
  authorize: 'Authorize',
  home: 'Home',
  homeButton: 'HOME',
  apiAccess: 'UPS API ACCESS',
  authorized: 'AUTHORIZED',
  vaultKey: 'Token Vault Key',
  issued: 'Issued:',
  expires: 'Expires:',
  refreshIssued: 'Refresh Token Issued:',
  refreshExpires: 'Refresh Token Expires:',
}

export const words = {
  application: 'UPS® Intelligent Rating',
  landingTitle: 'Intelligent Rating',
  landingLead: 'Choose Settings, then Authorize Customer, to let this application act for a company.',
  managerTitle: 'Company Manager',
  notAuthorized: (company: string) => `${company} has not authorized this application.`,
  lapsed: (company: string) => `The authorization of ${company} has to be given anew.`,
  tokenExists: 'An OAuth token is held in the vault for this company.',
  vaultKeyHint:
    'An application of a third party names this key to ask for the state of the token. It is no secret.',
  optOut: 'Opt out',
}

export const endQuestion = (company: string): Question => ({
  title: 'Opt out',
  question: `End the authorization of ${company} for Intelligent Rating?`,
  consequence: 'It takes effect at once: no application obtains a token or data for this company any more.',
  confirm: 'Opt out',
  cancel: 'Cancel',
})
