/** Forgets its oldest entry when it is full: a stand-in left running must not grow without end. */
export class BoundedMap<V> extends Map<string, V> {
  constructor(private readonly limit: number) {
    super()
  }

  override set(key: string, value: V): this {
    super.set(key, value)
    if (this.size > this.limit) {
      const oldest = this.keys().next()
      if (!oldest.done) this.delete(oldest.value)
    }
    return this
  }

  /** The entry, once. */
  take(key: string): V | undefined {
    const value = this.get(key)
    this.delete(key)
    return value
  }
}
