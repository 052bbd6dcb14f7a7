import { basicPairOf } from './client-authentication.js'
import type { Faults } from './faults.js'
import type { Finding } from './finding.js'
import type { Endpoint, Ledger } from './ledger.js'
import { formOf } from './parameters.js'
import type { Parts } from './parts.js'

interface Rig {
  parts: Parts
  faults: Faults
  ledger: Ledger
}

/** One request to an OAuth endpoint: with the fault that is due, if any, and a row in the ledger, always. */
export async function recorded(
  endpoint: Endpoint,
  request: Request,
  { rig, handle }: { rig: Rig; handle: (form: URLSearchParams | null) => Finding },
): Promise<Response> {
  const form = await formOf(request)
  const fault = rig.faults.take(endpoint)
  const record = (finding: Omit<Finding, 'response'>) => {
    const { outcome, acted, grantId, generation } = finding
    rig.ledger.record({
      at: new Date(rig.parts.now()).toISOString(),
      endpoint,
      ...clientOf(request, form, rig.parts),
      grantId,
      generation,
      outcome,
      acted,
      ...(fault && { fault: fault.kind }),
    })
  }
  const act = () => {
    const finding = handle(form)
    record(finding)
    return finding.response
  }
  if (!fault) return act()
  const notHandled = () => record({ outcome: 'not-handled', acted: false, grantId: null, generation: null })
  return rig.faults.spoil(fault, act, notHandled)
}

/** As the client names itself, whether or not it is then believed. */
function clientOf(request: Request, form: URLSearchParams | null, parts: Parts) {
  const named = (form ?? new URL(request.url).searchParams).get('client_id')
  const claimed = (basicPairOf(request)?.clientId ?? named)?.slice(0, 200) ?? null
  const application = parts.applications.find(claimed)
  return { application: application?.id ?? null, clientId: claimed }
}
