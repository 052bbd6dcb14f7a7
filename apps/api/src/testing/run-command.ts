import { run } from '../cli/run.js'
import type { TestApp } from './create-test-app.js'

export interface Ran {
  code: number
  out: string
  err: string
}

/** `npm run cli -- …` with the settings of this hub, some of them changed. */
export async function runCommand(
  world: TestApp,
  args: string,
  environment: Record<string, string> = {},
): Promise<Ran> {
  const written = { out: '', err: '' }
  const code = await run(args.split(' '), {
    env: { ...world.environment, ...environment },
    root: world.dataDir,
    clock: world.clock,
    fetch: world.surroundings.fetch,
    stdout: { write: (text: string) => (written.out += text) },
    stderr: { write: (text: string) => (written.err += text) },
  })
  return { code, ...written }
}

/** A root key that nobody else uses. */
export const rootKey = (id: string, fill: number): string =>
  `${id}:${Buffer.from(Array.from({ length: 32 }, (_, index) => index + fill)).toString('base64')}`
