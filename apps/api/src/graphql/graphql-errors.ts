import type { GraphQLFormattedError } from 'graphql'
import type { FastifyBaseLogger } from 'fastify'
import { documentErrors } from './document-limits.js'
import { DomainError, domainErrorOf, logLevelOf, publicError } from '../errors.js'
import { currentRequest, currentRequestId } from '../request-source.js'

interface FieldFault {
  property: string
  constraints?: Record<string, string>
  children?: FieldFault[]
}

/** What leaves the server instead of an error, and is logged as loudly as it deserves. */
export function publicGraphQLError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { log, mayReadSchema }: { log: FastifyBaseLogger; mayReadSchema: boolean },
): GraphQLFormattedError {
  const known = readableError(formatted, error, mayReadSchema)
  const requestId = currentRequestId()
  if (known instanceof DomainError) currentRequest()?.refusals.push(known)
  const { message, ...extensions } = publicError(known, requestId)
  log[logLevelOf(known)]({ err: known, requestId, path: formatted.path }, 'operation failed')
  return {
    message,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { ...extensions },
  }
}

/** What Apollo, graphql-js and class-validator refuse is bad input, said with our codes; everything else stays as it is. */
function readableError(formatted: GraphQLFormattedError, error: unknown, mayReadSchema: boolean): unknown {
  const known = domainErrorOf(error)
  if (known) return known
  const original = (error as { originalError?: unknown }).originalError
  const faults = fieldFaults((original ?? error) as { extensions?: { validationErrors?: FieldFault[] } })
  if (faults.length > 0) {
    return new DomainError({
      code: 'BAD_USER_INPUT',
      reason: 'INPUT_NOT_VALID',
      message: faults.map(({ sentence }) => sentence).join('; '),
      details: { fields: faults.map(({ field }) => field) },
    })
  }
  switch (formatted.extensions?.code) {
    case 'GRAPHQL_PARSE_FAILED':
      if (/more tha[nt] \d+ tokens/.test(formatted.message)) return documentErrors.DOCUMENT_TOO_LONG()
      return badInput('GRAPHQL_PARSE_FAILED', documentSentence(formatted, mayReadSchema))
    case 'GRAPHQL_VALIDATION_FAILED':
      return badInput(String(formatted.extensions.code), documentSentence(formatted, mayReadSchema))
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

/** As above, for what stood in the document itself. A stranger is told no name of the schema, guessed or suggested (S-96). */
function documentSentence({ message, extensions }: GraphQLFormattedError, mayReadSchema: boolean): string {
  if (!mayReadSchema && extensions?.code === 'GRAPHQL_VALIDATION_FAILED')
    return 'The document does not fit the schema of this server, which it describes to people who have signed in and to API clients.'
  return message
    .replace(/(cannot represent [^:]*): [^]*$/, '$1.')
    .replace(/(, found|Unexpected) (Name|Int|Float|String|BlockString|\{|\[|")[^]*$/, '$1 something else.')
}

interface NamedFault {
  field: string
  sentence: string
}

function fieldFaults(error: { extensions?: { validationErrors?: FieldFault[] } }): NamedFault[] {
  const walk = (fault: FieldFault, path: string): NamedFault[] => {
    const field = `${path}${fault.property}`
    const own = Object.values(fault.constraints ?? {}).map((text) => ({
      field,
      // The library's own sentences begin with the field, those given in the inputs do not.
      sentence: text.startsWith(`${fault.property} `) ? text : `${fault.property} ${text}`,
    }))
    return [...own, ...(fault.children ?? []).flatMap((child) => walk(child, `${field}.`))]
  }
  return (error.extensions?.validationErrors ?? []).flatMap((fault) => walk(fault, ''))
}
