import { type InjectionKey, inject } from 'vue'

export const leaveKey: InjectionKey<(url: string) => void> = Symbol('leave')

/** Takes the browser to another site; a test provides its own. */
export function useLeave(): (url: string) => void {
  return inject(leaveKey, (url: string) => window.location.assign(url))
}

/** A script as an address would run with the rights of the hub. */
export function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}
