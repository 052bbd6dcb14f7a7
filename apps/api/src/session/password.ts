import { setTimeout as delay } from 'node:timers/promises'
import { hash, verify } from '@node-rs/argon2'
import { sessionErrors } from './session.errors.js'

/** OWASP's floor for argon2id (S-46). The library hashes on threads of its own, off the event loop. */
const argon2id = 2
const parameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * Each takes 19 MiB, and one of the four threads that files and the embedded database work on too: sign-ins in a crowd
 * wait for each other, and nothing else waits for them (S-70).
 */
const atOnce = 2
const longestQueue = 500

let running = 0
const queue: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (queue.length >= longestQueue) throw sessionErrors.TOO_MANY_PASSWORDS_AT_ONCE()
  if (running < atOnce) running++
  else await new Promise<void>((turn) => queue.push(turn))
  try {
    return await work()
  } finally {
    const next = queue.shift()
    if (next) next()
    else running--
  }
}

export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(password.normalize('NFC'), parameters))

export async function isPassword(password: string, passwordHash: string): Promise<boolean> {
  const begun = performance.now()
  const isRight = await inTurn(() => verify(passwordHash, password.normalize('NFC')))
  recentMs[recentAt++ % 32] = performance.now() - begun
  return isRight
}

/** Verified against when nobody has the name, so that the answer takes as long as for somebody (S-60). */
export const nobodysHash = hashPassword('nobody has this password')

const recentMs: number[] = []
let recentAt = 0

/** Takes as long as one of the latest verifications did, without being one: who guesses is not given a hash for it. */
export async function passTimeOfVerifying(random: () => number): Promise<void> {
  await delay(recentMs[Math.floor(random() * recentMs.length)] ?? 50)
}

/** Hashed with less than is asked for today: the next sign-in, when the password is at hand, makes it anew. */
export function isOutdated(passwordHash: string): boolean {
  const [, memory, time] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(passwordHash) ?? []
  return !(Number(memory) >= parameters.memoryCost && Number(time) >= parameters.timeCost)
}
