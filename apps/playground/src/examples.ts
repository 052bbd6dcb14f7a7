import type { Role } from './words'

export interface Example {
  /** Role and name of its file. */
  readonly id: string
  readonly role: Role
  readonly title: string
  /** What it is for, in a sentence or two. */
  readonly explanation: string
  readonly query: string
  /** JSON, in which `<companyId>` and `<vaultKey>` stand for those of the reader. */
  readonly variables: string
}

/** What is known of who reads, to be put in the place of the names in angle brackets. */
export type Known = Readonly<Record<'companyId' | 'vaultKey', string | null>>

const files = import.meta.glob<string>('../examples/*/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
})

export const examples: readonly Example[] = Object.entries(files).map(([path, text]) =>
  readExample(path, text),
)

/** The first comment line is the title, those after it explain, and one may begin with `variables:`. */
export function readExample(path: string, text: string): Example {
  const [, role, name] = /([\w-]+)\/\d+-([\w-]+)\.graphql$/.exec(path) ?? []
  const lines = text.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('#'))
  const comments = lines.slice(0, end).map((line) => line.replace(/^# ?/, ''))
  const given = comments.find((line) => line.startsWith('variables: '))
  const [title = '', ...explanation] = comments.filter((line) => line !== given)
  const variables = given ? (JSON.parse(given.slice('variables: '.length)) as object) : null
  return {
    id: `${role}/${name}`,
    role: role as Role,
    title,
    explanation: explanation.join(' '),
    query: lines.slice(end).join('\n').trim() + '\n',
    variables: variables ? JSON.stringify(variables, null, 2) : '',
  }
}

export function fillIn(variables: string, known: Known): string {
  return variables.replace(/<(companyId|vaultKey)>/g, (gap, name: keyof Known) => known[name] ?? gap)
}
