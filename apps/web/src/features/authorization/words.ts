import type { EndReason } from './use-authorization'
import type { OptInOutcome } from './use-opt-in-outcome'

/** Labels of UPS.com and of the guides, to the letter. */
export const verbatim = {
  logIn: 'Log In',
  agreement: 'UPS Technology Agreement',
  authorizedParty: (application: string) => `Customer Solutions - ${application}`,
}

export const leaving = {
  title: 'Before you go to UPS.com',
  lead: (company: string, application: string) =>
    `You are about to let ${application} act for ${company}. You do that at UPS.com:`,
  stepOne: (application: string) =>
    `On the page ${verbatim.logIn}, enter the e-mail address or username of the profile, and tick the box: you agree to the ${verbatim.agreement} and let ${verbatim.authorizedParty(application)} read what belongs to that username, namely shipping account numbers, contact details, rates and tracking status.`,
  stepTwo:
    'On the next page, enter the password of that profile. It stays at UPS.com; the hub never sees it.',
  stepThree: 'UPS.com sends you back to this page, which says how it went. You have ten minutes.',
  noteLabel: 'UPS.com profile you will use (optional)',
  noteHint:
    'UPS does not say which profile was used. A note here tells the next person, when it has to be done anew.',
  go: 'Continue to UPS.com',
  cancel: 'Cancel',
}

export const passwordWarning = {
  title: 'A new UPS.com password ends it',
  body: 'When the person who opts in changes their UPS.com password, each opt-in of theirs becomes invalid, in all applications. A company admin then has to opt in again.',
}

export const outcome = {
  titles: {
    PENDING: 'UPS.com has not sent you back yet',
    AUTHORIZED: 'The authorization is in place',
    REFUSED_AT_UPS: 'It was refused or cancelled at UPS.com',
    FAILED_AT_UPS: 'UPS.com reported an error',
    EXPIRED: 'The visit to UPS.com took too long',
    VOIDED: 'The authorization was not wanted any more',
    CODE_REFUSED: 'UPS.com did not confirm the sign-in',
    UPS_UNAVAILABLE: 'UPS.com cannot be reached',
    UNKNOWN: 'UPS.com did not answer in time',
    APPLICATION_REFUSED: 'UPS.com does not accept this application',
  } satisfies Record<OptInOutcome, string>,
  bodies: {
    PENDING: 'Finish in the window where UPS.com is open, or begin again here.',
    AUTHORIZED: 'The hub keeps it alive by itself from now on, and says so here if that ever fails.',
    REFUSED_AT_UPS: 'Nothing has changed. You can begin again whenever you like.',
    FAILED_AT_UPS: 'Nothing has changed. Try again; if it stays so, turn to your Account Executive.',
    EXPIRED: 'An opt-in has to be finished within ten minutes. Nothing has changed; begin again.',
    VOIDED:
      'While you were at UPS.com, somebody opted out, or your role or the company changed. Nothing was attached.',
    CODE_REFUSED:
      'UPS.com refused the confirmation that it had sent with you. Nothing has changed; begin again.',
    UPS_UNAVAILABLE:
      'Nothing was attached, and an authorization that existed before still stands. Try again in a few minutes.',
    UNKNOWN:
      'The confirmation was sent to UPS.com and no answer came, so nothing was attached. Begin again; an authorization that existed before still stands.',
    APPLICATION_REFUSED:
      'This is no fault of yours and nothing has changed. The operator of the hub has to mend the credentials of the application.',
  } satisfies Record<OptInOutcome, string>,
  next: (application: string) => `Go on with ${application}`,
  nextLead: (company: string, application: string) => `${company} has not authorized ${application} yet.`,
  dismiss: 'Dismiss',
}

export const reauthorization = {
  title: 'Opt in again',
  why: {
    REFUSED_BY_UPS:
      'UPS.com has refused this authorization, most likely because the UPS.com password was changed.',
    REFRESH_TOKEN_EXPIRED: 'This authorization has run out: UPS.com could not be asked to renew it in time.',
    LOST_IN_ROTATION:
      'The answer of UPS.com to a renewal was lost on the way, and with it the authorization.',
    OPTED_OUT: 'This authorization was ended.',
    WITHDRAWN: 'This authorization was withdrawn.',
    COMPANY_REMOVED: 'The company was removed.',
  } satisfies Record<EndReason, string>,
  unknownWhy: 'UPS.com does not accept this authorization any more.',
  since: 'Since',
  by: 'Had opted in',
  profile: 'UPS.com profile',
  next: (company: string) =>
    `Until then no application obtains data for ${company}. One click takes you to UPS.com, where you log in with that profile and agree once more; then you are back here.`,
  optIn: 'Opt in again',
  optOut: 'Opt out',
}

export const refreshProblem = {
  title: 'UPS.com cannot be reached',
  body: 'The authorization still stands and nothing has to be done: the hub goes on trying.',
  since: 'Since',
  attempts: 'Attempts',
  next: 'Next attempt',
}

export const ended = {
  title: 'Opted out',
  body: (company: string) =>
    `The hub has destroyed the tokens of ${company}: from this moment no application obtains a token or data through it.`,
  remains:
    'UPS offers no way to recall a token that was already handed out, so UPS may honour the last one for a while. A new UPS.com password makes it void at once, and with it every other opt-in of that profile.',
  remainsUntil: 'UPS may honour it until',
  at: 'Opted out',
  by: 'Ended by',
}

export const facts = {
  title: 'About this authorization',
  by: 'Opted in by',
  at: 'Opted in',
  profile: 'UPS.com profile',
  noProfile: 'No note was made',
  renewals: 'Renewed',
  times: (count: number) => (count === 1 ? 'once' : `${count} times`),
  never: 'not yet',
  nextRenewal: 'Next renewal',
  check: 'Check now',
  checked: 'UPS.com has confirmed the authorization.',
  somebody: 'somebody who has left',
  whole: 'The whole history of this authorization',
}

/** For those who do not see it change: it was done elsewhere. */
export const changed = {
  NOT_AUTHORIZED: (company: string, application: string) =>
    `${application} is no longer authorized for ${company}.`,
  AUTHORIZED: (company: string, application: string) => `${application} is authorized for ${company} now.`,
  REAUTHORIZATION_REQUIRED: (company: string, application: string) =>
    `${application} has to be authorized again for ${company}.`,
} as const

export const rights = {
  viewOnly: (company: string) => `You may look at this. Only an admin of ${company} can opt in or out.`,
}

export const statuses = {
  NOT_AUTHORIZED: 'Not authorized',
  AUTHORIZED: 'Authorized',
  REAUTHORIZATION_REQUIRED: 'Opt in again',
} as const

export const loadingAuthorization = 'Loading the authorization…'
