import type { DataSource } from 'typeorm'

interface OneOf {
  condition: string
  parameters: Record<string, unknown>
}

/**
 * `column IN (values)` with a single parameter, however many there are: SQLite takes 32,766 parameters, and a person may
 * have more memberships. `name` is what the parameter is called.
 */
export function oneOf(
  connection: DataSource,
  column: string,
  values: Record<string, readonly string[]>,
): OneOf {
  const [[name, list]] = Object.entries(values) as [[string, readonly string[]]]
  return connection.options.type === 'postgres'
    ? { condition: `${column} = ANY(:${name})`, parameters: { [name]: [...list] } }
    : {
        condition: `${column} IN (SELECT value FROM json_each(:${name}))`,
        parameters: { [name]: JSON.stringify(list) },
      }
}
