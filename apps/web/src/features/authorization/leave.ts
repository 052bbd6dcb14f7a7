import { type InjectionKey, inject } from 'vue'

export const leaveKey: InjectionKey<(url: string) => void> = Symbol('leave')

/** Takes the browser to another site; a test provides its own. */
export function useLeave(): (url: string) => void {
  const go = inject(leaveKey, (url: string) => window.location.assign(url))
  return (url) => {
    // The hub names the address; a script as an address would run as the hub.
    if (/^https?:$/.test(new URL(url).protocol)) go(url)
    else throw new Error('The address of UPS.com is neither http nor https')
  }
}
