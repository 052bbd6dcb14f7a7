import DataLoader from 'dataloader'

/** Rows that each have a key of their own: one statement for a whole list, and null for what is not there. */
export function loaderByKey<T>(
  load: (keys: readonly string[]) => Promise<T[]>,
  keyOf: (row: T) => string,
  options: { cache: boolean } = { cache: true },
): DataLoader<string, T | null> {
  return new DataLoader<string, T | null>(async (keys) => {
    const rows = new Map((await load(keys)).map((row) => [keyOf(row), row]))
    return keys.map((key) => rows.get(key) ?? null)
  }, options)
}
