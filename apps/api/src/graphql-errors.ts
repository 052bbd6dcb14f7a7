import type { GraphQLFormattedError } from 'graphql'
import { DomainError, domainErrorOf } from './errors.js'

interface FieldFault {
  property: string
  constraints?: Record<string, string>
  children?: FieldFault[]
}

/** What Apollo, graphql-js and class-validator refuse is bad input, said with our codes; everything else stays as it is. */
export function readableError(formatted: GraphQLFormattedError, error: unknown): unknown {
  const known = domainErrorOf(error)
  if (known) return known
  const original = (error as { originalError?: unknown }).originalError
  const faults = fieldFaults((original ?? error) as { extensions?: { validationErrors?: FieldFault[] } })
  if (faults.length > 0) {
    return new DomainError({
      code: 'BAD_USER_INPUT',
      reason: 'INPUT_NOT_VALID',
      message: faults.join('; '),
      details: { fields: faults },
    })
  }
  switch (formatted.extensions?.code) {
    case 'GRAPHQL_PARSE_FAILED':
    case 'GRAPHQL_VALIDATION_FAILED':
    case 'OPERATION_RESOLUTION_FAILURE':
    case 'BAD_REQUEST':
      return badInput(String(formatted.extensions.code), formatted.message)
    case 'BAD_USER_INPUT':
      return badInput('VARIABLE_NOT_VALID', variableSentence(formatted.message))
    default:
      return original ?? error
  }
}

const badInput = (reason: string, message: string): DomainError =>
  new DomainError({ code: 'BAD_USER_INPUT', reason, message })

/** graphql-js repeats the value that it refuses, which may be a password: only its place is told. */
function variableSentence(message: string): string {
  const place = /at "([\w.[\]]+)"/.exec(message)?.[1] ?? /Variable "\$(\w+)"/.exec(message)?.[1]
  return place ? `The value given for ${place} does not fit its type.` : 'A variable does not fit its type.'
}

function fieldFaults(error: { extensions?: { validationErrors?: FieldFault[] } }): string[] {
  const walk = (fault: FieldFault): string[] => [
    ...Object.values(fault.constraints ?? {}),
    ...(fault.children ?? []).flatMap(walk),
  ]
  return (error.extensions?.validationErrors ?? []).flatMap(walk)
}
