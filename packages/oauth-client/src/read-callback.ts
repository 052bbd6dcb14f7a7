import { skipStateCheck, validateAuthResponse } from 'oauth4webapi'
import { CallbackError } from './errors.js'
import type { ProviderProfile } from './provider-profile.js'
import { Secret } from './secret.js'

/**
 * A callback that may be answered with a token request.
 *
 * @example
 * const { state, code }: Callback = client.readCallback(url.searchParams)
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 */
export interface Callback {
  readonly state: string
  readonly code: Secret
}

/**
 * The one `state` of a callback, or null when it is missing or repeated: what a flow is looked up by before
 * anything else of the callback is believed.
 *
 * @example
 * const state = stateOf(url.searchParams)
 * const flow = state === null ? null : await flows.findByHash(hash(state))
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-10.12
 */
export function stateOf(params: URLSearchParams): string | null {
  const states = params.getAll('state')
  return states.length === 1 && states[0] ? states[0] : null
}

export interface CallbackExpectation {
  profile: ProviderProfile
  clientId: string
  state: Secret | undefined
}

/** @throws {CallbackError} */
export function readCallback(params: URLSearchParams, expected: CallbackExpectation): Callback {
  const state = stateOf(params)
  // RFC 6749 section 3.1: no parameter twice. Which of the two a proxy in between has read is anybody's guess.
  const names = [...params.keys()]
  if (new Set(names).size !== names.length) throw new CallbackError('CALLBACK_PARAMETER_REPEATED', state)
  if (state === null) throw new CallbackError('CALLBACK_STATE_MISSING', null)
  if (expected.state !== undefined && !isSame(state, expected.state.reveal())) {
    throw new CallbackError('CALLBACK_STATE_MISMATCH', state)
  }
  refuseOtherIssuer(params, expected.profile, state)
  refuseError(params, expected, state)
  const code = params.get('code')
  if (!code) throw new CallbackError('CALLBACK_CODE_MISSING', state)
  return { state, code: Secret.of(expected.profile.readCode(code)) }
}

// RFC 9207 section 2.4. An `iss` from a server that declares none is not from the server we asked.
function refuseOtherIssuer(params: URLSearchParams, { server }: ProviderProfile, state: string): void {
  const issuer = params.get('iss')
  const expected = server.authorization_response_iss_parameter_supported ? server.issuer : null
  if (issuer !== expected) throw new CallbackError('CALLBACK_ISSUER_UNEXPECTED', state)
}

function refuseError(
  params: URLSearchParams,
  { profile, clientId }: CallbackExpectation,
  state: string,
): void {
  if (params.get('error') === 'access_denied') throw new CallbackError('CALLBACK_REFUSED', state)
  if (params.has('error')) throw new CallbackError('CALLBACK_ERROR', state)
  try {
    validateAuthResponse(profile.server, { client_id: clientId }, params, skipStateCheck)
  } catch {
    // Its causes hold the parameters, so none of it is passed on. What is left to refuse here is a token in
    // the callback (RFC 9700 section 2.1.2: no implicit grant) or a JARM response nobody asked for.
    throw new CallbackError('CALLBACK_ERROR', state)
  }
}

// In constant time, because a caller may compare with a state it keeps for longer than one request.
function isSame(given: string, expected: string): boolean {
  if (given.length !== expected.length) return false
  let difference = 0
  for (let at = 0; at < given.length; at += 1) difference |= given.charCodeAt(at) ^ expected.charCodeAt(at)
  return difference === 0
}
