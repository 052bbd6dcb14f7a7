import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Known to everybody who has read the README, and yet nothing that a database or a log should hold. */
const passwords = ['opt-in-hub-demo', 'ups-demo', 'another-ups-password']

/** What exists to hold a secret: the client secrets that the stand-in and the hub agree upon, and the root key. */
const meantForSecrets = ['stand-in.json', 'vault-keys']

interface Search {
  secrets: ReadonlyMap<string, string>
  folder: string
  output: string
}

/** Where a secret stands in the clear: in the database, its log and side files, or in what was printed. */
export async function findTraces({ secrets, folder, output }: Search): Promise<string[]> {
  const places = new Map([['what was printed', Buffer.from(withoutGreeting(output))]])
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || meantForSecrets.includes(file.name)) continue
    places.set(file.name, await readFile(join(file.parentPath, file.name)))
  }
  const wanted = new Map([...secrets, ...passwords.map((password) => [password, 'password'] as const)])
  const found = [...places].flatMap(([place, content]) =>
    [...wanted]
      .filter(([value]) => formsOf(value).some((form) => content.includes(form)))
      .map(([, name]) => `${name} in ${place}`),
  )
  // A search that reads nothing finds nothing: what must be there proves that it looked.
  if (![...places.values()].some((content) => content.includes('Acme Outfitters'))) {
    found.push('the search did not even find the name of the demo company')
  }
  return [...new Set(found)]
}

function formsOf(value: string): string[] {
  return [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]
}

/** A start tells the demo's passwords, on purpose and before anybody has come. */
function withoutGreeting(output: string): string {
  return output.replace(/^(Sign in as|Click first).*$/gm, '')
}
