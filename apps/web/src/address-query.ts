import type { LocationQuery } from 'vue-router'

/** What the address says under a name; empty where it says nothing, or says it twice. */
export function textOf(query: LocationQuery, name: string): string {
  const value = query[name]
  return typeof value === 'string' ? value : ''
}

/** With something else said under that name. Another list begins at its first entry again. */
export function withOne(query: LocationQuery, name: string, value: string): LocationQuery {
  const { after: _, [name]: __, ...rest } = query
  return value === '' ? rest : { ...rest, [name]: value }
}
