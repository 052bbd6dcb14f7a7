import { type Ref, ref } from 'vue'
import { errorSentences, type Failure, type FailureCode } from '../../graphql/error-sentences'
import type { Reauthentication } from '../session/use-reauthentication'
import { useSession } from '../session/use-session'
import { readJsonLines } from './read-json-lines'
import { refusals } from './words'

export interface FileFault {
  line: number
  column: string | null
  message: string
}

interface RefusedLine {
  code: FailureCode
  reason?: string
  requestId?: string
}

interface Line<Sum> {
  progress?: { step: 'READING' | 'WRITING'; done: number; total: number }
  result?: Sum
  faults?: FileFault[]
  faultCount?: number
  error?: RefusedLine
}

/**
 * Sends a file to be checked, and then to be imported; tells how far the hub is, and what came of it. Some files are
 * imported only after the password was given once more.
 */
export function useFileImport<Sum>(path: () => string, freshly: Reauthentication['freshly']) {
  const session = useSession()
  const isBusy = ref(false)
  const progress = ref<{ step: 'READING' | 'WRITING'; percent: number } | null>(null)
  const wouldBe = ref(null) as Ref<Sum | null>
  const done = ref(null) as Ref<Sum | null>
  const faults = ref<{ first: FileFault[]; count: number } | null>(null)
  const failure = ref<Failure | null>(null)

  function forget() {
    progress.value = null
    wouldBe.value = null
    done.value = null
    faults.value = null
    failure.value = null
  }

  function fail({ code, reason = '', requestId }: RefusedLine) {
    const sentence = refusals[reason] ?? errorSentences[code] ?? errorSentences.INTERNAL
    failure.value = { code, reason, requestId: requestId ?? null, sentence }
    if (code === 'UNAUTHENTICATED') session.end()
  }

  async function send(file: File, address: string, sum: Ref<Sum | null>): Promise<Sum | null> {
    if (isBusy.value) return null
    forget()
    isBusy.value = true
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'text/csv', 'apollo-require-preflight': 'true' },
        body: await file.arrayBuffer(),
      })
      if (!answer.ok || !answer.body) fail((await answer.json()) as RefusedLine)
      else for await (const line of readJsonLines<Line<Sum>>(answer.body)) take(line, sum)
      if (!sum.value && !faults.value && !failure.value) fail({ code: 'HUB_UNREACHABLE' })
    } catch {
      // Cut off, or no answer of the hub's own: what has come of it is not known here.
      fail({ code: 'HUB_UNREACHABLE' })
    }
    progress.value = null
    isBusy.value = false
    return sum.value
  }

  function take(
    { progress: step, result, faults: first, faultCount, error }: Line<Sum>,
    sum: Ref<Sum | null>,
  ) {
    if (step) progress.value = { step: step.step, percent: Math.floor((100 * step.done) / step.total) }
    if (result) sum.value = result
    if (first) faults.value = { first, count: faultCount ?? first.length }
    if (error) fail(error)
  }

  return {
    isBusy,
    progress,
    wouldBe,
    done,
    faults,
    failure,
    forget,
    check: (file: File) => send(file, `${path()}/rehearsal`, wouldBe),
    importNow: (file: File) => freshly(() => send(file, path(), done), failure),
  }
}
