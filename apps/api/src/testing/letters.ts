import type { TestApp } from './create-test-app.js'

/** What stands behind the # in the newest letter to this person that has such a link. */
export async function tokenFor(world: TestApp, address: string, page: string): Promise<string> {
  for (const { text } of await world.lettersTo(address)) {
    const [, token] = new RegExp(`${page}#([\\w-]+)`).exec(text) ?? []
    if (token) return token
  }
  throw new Error(`no letter with a link to ${page} has come to ${address}`)
}

export async function subjectsTo(world: TestApp, address: string): Promise<string[]> {
  return (await world.lettersTo(address)).map(({ subject }) => subject)
}
