export type Labels = Readonly<Record<string, string>>

export const tallied = {
  refreshes: 'Answers of UPS to refreshes, by what came of them.',
  hand_outs: 'Access tokens that were handed out.',
  letters: 'Letters that were tried, by what came of it.',
  webhooks: 'Webhooks that were tried, by what came of it.',
} as const
export type TallyName = keyof typeof tallied

export interface Counted {
  name: TallyName
  labels: Labels
  count: number
}

/** What has happened since this process began, for the metrics. Labels have few values each, and none is of a tenant (S-176). */
export class Tally {
  readonly #counts = new Map<string, Counted>()

  add(name: TallyName, labels: Labels, by = 1): void {
    const key = JSON.stringify([name, labels])
    const counted = this.#counts.get(key) ?? { name, labels, count: 0 }
    this.#counts.set(key, { ...counted, count: counted.count + by })
  }

  all(): Counted[] {
    return [...this.#counts.values()]
  }
}
