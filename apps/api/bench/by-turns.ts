/** The same measurement here and there, by turns, so that whatever else the machine does hits both. */
export async function byTurns<Hub>(
  [small, large]: readonly [Hub, Hub],
  rounds: number,
  measure: (hub: Hub, round: number) => Promise<number>,
): Promise<{ small: number; large: number }> {
  const took: { small: number[]; large: number[] } = { small: [], large: [] }
  for (let round = 0; round <= rounds; round++) {
    const ofSmall = await measure(small, round)
    const ofLarge = await measure(large, round)
    // The first round warms up.
    if (round === 0) continue
    took.small.push(ofSmall)
    took.large.push(ofLarge)
  }
  return { small: median(took.small), large: median(took.large) }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
