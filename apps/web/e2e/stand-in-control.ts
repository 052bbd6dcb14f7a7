import type { Control } from '@optin-hub/ups-stand-in'

type OverHttp = {
  [Verb in keyof Control]: (...input: Parameters<Control[Verb]>) => Promise<ReturnType<Control[Verb]>>
}

/** The stand-in's controls over HTTP: what a rehearsal may do behind UPS.com's back. */
export function standInControl(url: string): OverHttp {
  const call = async (method: string, verb: string, input?: unknown): Promise<never> => {
    const body = input === undefined ? {} : { body: JSON.stringify(input) }
    const answer = await fetch(new URL(`/control/${verb}`, url), { method, ...body })
    if (!answer.ok) throw new Error(`/control/${verb} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as never
  }
  return {
    ledger: () => call('GET', 'ledger'),
    reset: () => call('POST', 'reset'),
    rotation: (change) => call('POST', 'rotation', change),
    lifetimes: (change) => call('POST', 'lifetimes', change),
    password: (change) => call('POST', 'password', change),
    clock: (change) => call('POST', 'clock', change),
    quirks: (change) => call('POST', 'quirks', change),
    faults: (fault) => call('POST', 'faults', fault),
    clearFaults: () => call('DELETE', 'faults'),
  }
}
