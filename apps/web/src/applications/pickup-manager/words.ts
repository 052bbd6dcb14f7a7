import type { Question } from '../../ui/BaseQuestion.vue'

/** Labels of the guide, to the letter. */
export const verbatim = {
  manage: 'Manage',
  settings: 'Settings',
  api: 'API',
  dialogTitle: 'UPS API',
  company: (name: string) => `Company: ${name}`,
  credentials: 'Credentials',
  oAuth: 'OAuth',
  authenticated: 'Authenticated',
  optOut: 'OPT-OUT',
  success: 'Success',
  // The guide prints the sentence for opting out here too, by a slip.
  optedIn: 'Successfully Opted-In to UPS Online Tools (OAuth)',
  optedOut: 'Successfully Opted-Out of UPS Online Tools (OAuth)',
  close: 'Close',
}

export const words = {
  application: 'UPS® Intelligent Pickup Manager',
  landingTitle: 'Intelligent Pickup Manager',
  landingLead: 'Choose Manage, then Settings, to let this application act for a company.',
  companies: 'Companies',
  settingsLead: 'Select a company, then choose API.',
  credentialsLead: 'Go on with OAuth to log in at UPS.com, or cancel and leave everything as it is.',
  authenticatedLead: (name: string) => `UPS OAuth is set up: ${name} has been authenticated with it.`,
  renewLead: 'UPS.com does not accept the present authentication any more. Go on with OAuth to renew it.',
  cancel: 'Cancel',
}

export const endQuestion = (): Question => ({
  title: verbatim.optOut,
  question: 'Are you sure you want to opt out of UPS Online Tools (OAuth)?',
  consequence: 'It takes effect at once: no application obtains a token or data for this company any more.',
  confirm: 'OK',
  cancel: words.cancel,
})
