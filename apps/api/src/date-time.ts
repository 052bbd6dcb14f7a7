import { GraphQLScalarType, Kind } from 'graphql'

/** ISO 8601 in UTC with milliseconds, both ways; anything else is refused. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment: ISO 8601 in UTC with milliseconds.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize(value) {
    if (value instanceof Date) return value.toISOString()
    throw new TypeError('DateTime takes a Date')
  },
  parseValue: (value) => parse(value),
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
})

function parse(value: unknown): Date {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) {
    const moment = new Date(value)
    if (!Number.isNaN(moment.getTime())) return moment
  }
  throw new TypeError('A DateTime looks like 2026-01-31T23:59:59.000Z')
}
