import type { Clock } from './clock.js'
import type { RandomBytes } from './secret-values.js'
import { defaultSettings, type Settings } from './settings.js'
import { emptyState, type StandInState, type StateChange } from './state.js'

export type OnChange = (state: StandInState, change: StateChange) => void

/** The state, its clock and its settings: what codes, grants and people are built on. */
export class Store {
  readonly settings: Settings = defaultSettings()

  constructor(
    readonly state: StandInState,
    private readonly options: {
      clock: Clock
      randomBytes: RandomBytes
      onChange: OnChange
    },
  ) {}

  get randomBytes(): RandomBytes {
    return this.options.randomBytes
  }

  now(): number {
    return this.options.clock().getTime() + this.state.clockOffsetMs
  }

  changed(change: StateChange = {}): void {
    this.options.onChange(this.state, change)
  }

  reset(): void {
    Object.assign(this.state, emptyState())
    Object.assign(this.settings, defaultSettings())
    this.changed()
  }
}
