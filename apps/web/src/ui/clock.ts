import { type InjectionKey, inject } from 'vue'

export type Clock = () => Date

export const clockKey: InjectionKey<Clock> = Symbol('clock')

export const systemClock: Clock = () => new Date()

/** The clock of the application; a test provides its own. */
export function useClock(): Clock {
  return inject(clockKey, systemClock)
}
