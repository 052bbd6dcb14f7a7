import { computed, ref } from 'vue'
import { errorSentences, type Failure, type FailureCode } from '../../graphql/error-sentences'
import type { Reauthentication } from '../session/use-reauthentication'
import { useSession } from '../session/use-session'
import { words } from './manage-words'
import { readJsonLines } from './read-json-lines'

export interface ImportFault {
  line: number
  column: string | null
  message: string
}

export interface ImportSum {
  importId: string | null
  companies: number
  enrolments: number
  invitations: number
}

interface RefusedLine {
  code: FailureCode
  reason?: string
  requestId?: string
}

interface Line {
  progress?: { step: 'READING' | 'WRITING'; done: number; total: number }
  result?: ImportSum
  faults?: ImportFault[]
  faultCount?: number
  error?: RefusedLine
}

/**
 * Sends a file to be checked, and then to be imported; tells how far the hub is, and what came of it. Before it invites
 * people, the hub may want the password once more.
 */
export function useImport(freshly: Reauthentication['freshly']) {
  const session = useSession()
  const isBusy = ref(false)
  const progress = ref<{ step: 'READING' | 'WRITING'; percent: number } | null>(null)
  const sum = ref<ImportSum | null>(null)
  const faults = ref<{ first: ImportFault[]; count: number } | null>(null)
  const failure = ref<Failure | null>(null)

  function forget() {
    progress.value = null
    sum.value = null
    faults.value = null
    failure.value = null
  }

  function take({ progress: step, result, faults: first, faultCount, error }: Line) {
    if (step) progress.value = { step: step.step, percent: Math.floor((100 * step.done) / step.total) }
    if (result) sum.value = result
    if (first) faults.value = { first, count: faultCount ?? first.length }
    if (error) fail(error)
  }

  function fail({ code, reason = '', requestId }: RefusedLine) {
    const sentence = words.importRefusals[reason] ?? errorSentences[code] ?? errorSentences.INTERNAL
    failure.value = { code, reason, requestId: requestId ?? null, sentence }
    if (code === 'UNAUTHENTICATED') session.end()
  }

  async function send(file: File, path: string): Promise<ImportSum | null> {
    if (isBusy.value) return null
    forget()
    isBusy.value = true
    try {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'text/csv', 'apollo-require-preflight': 'true' },
        body: await file.arrayBuffer(),
      })
      if (!answer.ok || !answer.body) fail((await answer.json()) as RefusedLine)
      else for await (const line of readJsonLines<Line>(answer.body)) take(line)
      if (!sum.value && !faults.value && !failure.value) fail({ code: 'HUB_UNREACHABLE' })
    } catch {
      // Cut off, or no answer of the hub's own: what has come of it is not known here.
      fail({ code: 'HUB_UNREACHABLE' })
    }
    progress.value = null
    isBusy.value = false
    return sum.value
  }

  return {
    isBusy,
    progress,
    sum,
    faults,
    failure,
    isChecked: computed(() => sum.value !== null && sum.value.importId === null),
    forget,
    check: (file: File) => send(file, '/imports/rehearsal'),
    importNow: (file: File) => freshly(() => send(file, '/imports'), failure),
  }
}
