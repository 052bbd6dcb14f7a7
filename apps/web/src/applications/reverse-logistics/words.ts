import type { Question } from '../../ui/BaseQuestion.vue'

/** Labels of the guide, to the letter. */
export const verbatim = {
  optIn: 'Opt-In',
  authorized: 'Authorized',
  faq: 'FAQ',
}

export const words = {
  application: 'UPS® Intelligent Reverse Logistics',
  title: 'Intelligent Reverse Logistics',
  menu: 'Administration',
  signedInAs: 'Signed in as',
  faqLoading: 'Loading the answers…',
  authorizedMessage: 'Your company has authorized Intelligent Reverse Logistics.',
  endHint: 'Choose Authorized to opt out.',
}

export const endQuestion = (company: string): Question => ({
  title: 'Opt out',
  question: `End the authorization of ${company} for Intelligent Reverse Logistics?`,
  consequence: 'It takes effect at once: no application obtains a token or data for this company any more.',
  confirm: 'Opt out',
  cancel: 'Cancel',
})
