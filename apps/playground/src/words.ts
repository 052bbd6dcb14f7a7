export const roles = {
  'company-admin': 'Company admin, signed in',
  'solution-admin': 'Solution admin, signed in',
  'api-key': 'API client, with its key',
} as const

export type Role = keyof typeof roles

export const words = {
  hub: 'Opt-In Hub',
  title: 'Playground',
  key: 'API key',
  keyHint: 'Kept in this page only, and gone when you leave it. With a key no cookie is sent.',
  example: 'Example',
  choose: 'Choose an example',
  signIn: 'Sign in',
  asNobody: 'You ask as nobody.',
  asKey: 'You ask with the API key, without your session.',
  asPerson: (name: string) => `You ask as ${name}.`,
  unreachable: 'The hub does not answer.',
  editor: 'Operation editor and answer',
}

export const welcome = `# Write an operation here, or choose an example above.
# The book at the left describes every field. Ctrl+Enter sends.

{
  upsEnvironment
  applications {
    id
    name
    slug
  }
}
`
