/** Where a return from UPS.com ends that belongs to no flow of this browser; the hub names the reason. */
export const stopPages = {
  'not-recognised': {
    title: 'This return from UPS.com is not recognised',
    body: 'It belongs to no opt-in that the hub knows of, so nothing has changed. Begin again from the page of the application.',
  },
  'already-used': {
    title: 'This return from UPS.com was already used',
    body: 'Each return counts once. The page of the application shows how it went.',
  },
  'wrong-person': {
    title: 'Somebody else began this opt-in',
    body: 'It was begun by another person or in another browser session, so nothing was attached. Finish it there, or begin again here.',
  },
  'not-finished': {
    title: 'The hub could not finish this opt-in',
    body: 'UPS.com sent you back, but something went wrong here. Look at the page of the application: if it shows no authorization, begin again.',
  },
  'signed-out': {
    title: 'You were signed out in the meantime',
    body: 'UPS.com sent you back, but nobody is signed in here, so nothing was attached. Sign in and begin again.',
  },
} as const

export const stopPageLinks = { applications: 'Go to the applications', signIn: 'Go to sign-in' }
