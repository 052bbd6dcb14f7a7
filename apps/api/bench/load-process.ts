import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Load, Measured } from './load.js'

/** Where the machine has two cores and the means; elsewhere the two share what there is. */
export function onOneCore(pid: number | undefined, core: number): void {
  try {
    execFileSync('taskset', ['-pc', String(core), String(pid)], { stdio: 'ignore' })
  } catch {
    return
  }
}

/** On the second core: the server has the first. */
export function startLoad(): ChildProcess {
  const load = fork(fileURLToPath(new URL('load.js', import.meta.url)), { execArgv: [] })
  onOneCore(load.pid, 1)
  return load
}

export async function measure(load: ChildProcess, what: Load): Promise<Measured> {
  load.send(what)
  const [measured] = (await once(load, 'message')) as [Measured]
  return measured
}
