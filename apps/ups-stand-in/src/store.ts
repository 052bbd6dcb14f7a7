import type { Clock } from './clock.js'
import type { RandomBytes } from './secret-values.js'
import { defaultSettings, type Settings } from './settings.js'
import { emptyState, type StandInState } from './state.js'

/** The state, its clock and its settings: what codes, grants and people are built on. */
export class Store {
  readonly settings: Settings = defaultSettings()

  constructor(
    readonly state: StandInState,
    private readonly options: {
      clock: Clock
      randomBytes: RandomBytes
      onChange: (state: StandInState) => void
    },
  ) {}

  get randomBytes(): RandomBytes {
    return this.options.randomBytes
  }

  now(): number {
    return this.options.clock().getTime() + this.state.clockOffsetMs
  }

  changed(): void {
    this.options.onChange(this.state)
  }

  reset(): void {
    Object.assign(this.state, emptyState())
    Object.assign(this.settings, defaultSettings())
    this.changed()
  }
}
