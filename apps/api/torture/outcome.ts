/** What came of one scenario: figures for the table, and whatever must not be. */
export class Report {
  readonly counts: Record<string, number | string> = {}
  readonly violations: string[] = []

  constructor(
    readonly bar: string,
    readonly engine: string,
  ) {}

  count(name: string, value: number | string): void {
    this.counts[name] = value
  }

  /** Says `otherwise` where it does not hold. */
  expect(holds: boolean, otherwise: string): void {
    if (!holds) this.violations.push(otherwise)
  }
}

export const distinct = <T>(values: readonly T[]): number => new Set(values).size

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Until it holds, at most so long; answers whether it came to hold. */
export async function until(holds: () => Promise<boolean>, atMostMs: number): Promise<boolean> {
  const deadline = performance.now() + atMostMs
  for (;;) {
    if (await holds()) return true
    if (performance.now() > deadline) return false
    await pause(200)
  }
}
