import { readFileSync } from 'node:fs'
import type { StandInApplication } from './applications.js'
import type { Profile } from './people.js'
import { PlainError } from './plain-error.js'

export interface Setup {
  applications: StandInApplication[]
  profiles?: Profile[]
}

type Fields = Record<string, unknown>

/** The file given with `--file`; every fault in it is reported at once. */
export function readSetup(path: string): Setup {
  const content = jsonAt(path)
  const faults: string[] = []
  const applications = listAt(content, 'applications', faults).map((entry, index) =>
    applicationOf(entry, `applications[${index}]`, faults),
  )
  const profiles = listAt(content, 'profiles', faults).map((entry, index) =>
    profileOf(entry, `profiles[${index}]`, faults),
  )
  if (applications.length === 0) faults.push('applications: a list of at least one is needed')
  for (const id of repeated(applications.map(({ clientId }) => clientId)))
    faults.push(`clientId ${id} is there twice`)
  for (const name of repeated(profiles.flatMap(({ username, email }) => [username, email]))) {
    faults.push(`the profile name ${name} is there twice`)
  }
  if (faults.length > 0) throw new PlainError(`${path} cannot be used: ${[...new Set(faults)].join('; ')}.`)
  return profiles.length > 0 ? { applications, profiles } : { applications }
}

function jsonAt(path: string): Fields {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new PlainError(`${path} cannot be read.`)
  }
  try {
    const content: unknown = JSON.parse(text)
    if (typeof content === 'object' && content !== null) return content as Fields
  } catch {
    // Said below: the parser's own message may quote a secret from the file.
  }
  throw new PlainError(`${path} is not a JSON object.`)
}

function listAt(content: Fields, name: string, faults: string[]): Fields[] {
  const list = content[name] ?? []
  const isList = Array.isArray(list) && list.every((entry) => typeof entry === 'object' && entry !== null)
  if (!isList) faults.push(`${name}: a list of objects is needed`)
  return isList ? (list as Fields[]) : []
}

function applicationOf(entry: Fields, at: string, faults: string[]): StandInApplication {
  const text = (name: string) => textAt(entry, name, { at, faults })
  const secrets = [entry['clientSecret']].flat()
  if (secrets.length === 0 || !secrets.every((secret) => typeof secret === 'string' && secret !== '')) {
    faults.push(`${at}.clientSecret: a string, or a list of them, is needed`)
  }
  const redirectUri = text('redirectUri')
  if (redirectUri !== '' && (!URL.canParse(redirectUri) || redirectUri.includes('#'))) {
    faults.push(`${at}.redirectUri: an absolute URL without a fragment is needed`)
  }
  return {
    id: text('id'),
    name: text('name'),
    clientId: text('clientId'),
    clientSecret: secrets as string[],
    redirectUri,
  }
}

function profileOf(entry: Fields, at: string, faults: string[]): Profile {
  const text = (name: string) => textAt(entry, name, { at, faults })
  return { username: text('username'), email: text('email'), password: text('password') }
}

function textAt(entry: Fields, name: string, { at, faults }: { at: string; faults: string[] }): string {
  const value = entry[name]
  if (typeof value === 'string' && value !== '') return value
  faults.push(`${at}.${name}: a string is needed`)
  return ''
}

function repeated(values: string[]): string[] {
  return values.filter((value, index) => value !== '' && values.indexOf(value) < index)
}
