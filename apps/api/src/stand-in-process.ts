import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { StartError } from './errors.js'

export interface StandInProcess {
  stop(): void
}

interface Ready {
  ready?: boolean
}

/**
 * The stand-in as a child that dies with this process: it leaves when the channel between the two is gone. Found by
 * its package's name at run time, so that production code does not know it.
 */
export async function startStandIn({ file, port }: { file: string; port: number }): Promise<StandInProcess> {
  const program = createRequire(import.meta.url).resolve('@optin-hub/ups-stand-in/main')
  const child = fork(program, ['--file', file, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', (message: Ready) => {
      if (message.ready) resolve()
    })
    child.once('exit', () =>
      reject(
        new StartError(
          'The UPS.com stand-in did not start; it says above why. Set STAND_IN_PORT to another port if its port is taken.',
        ),
      ),
    )
    child.once('error', reject)
  })
  // After Ctrl-C it may have left by itself.
  return { stop: () => void (child.connected && child.disconnect()) }
}
