import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { FiguresQuery } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
import { usePolling } from '../../ui/use-polling'
import { figureWords } from './words'

/** One plot, and the table that says the same. */
export interface Figure {
  id: keyof typeof figureWords
  summary: string
  /** Moments in ISO 8601. */
  moments: string[]
  series: { label: string; tone: Tone; values: number[] }[]
  shape: 'steps' | 'bars'
}
export type Tone = 'accent' | 'success' | 'attention' | 'muted'

type Figures = FiguresQuery['figures']

const pollMs = 60_000

const figuresQuery = graphql(`
  query Figures {
    figures {
      states {
        day
        authorized
        reauthorizationRequired
        notAuthorized
      }
      renewals {
        hour
        renewed
        failed
      }
      runningOut {
        day
        count
      }
    }
  }
`)

export function useFigures() {
  const { result, isLoading, failure, look } = useAnswer(figuresQuery)
  usePolling(look, pollMs)
  return {
    figures: computed<Figure[]>(() => (result.value ? figuresOf(result.value.figures) : [])),
    isLoading,
    failure,
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function figuresOf({ states, renewals, runningOut }: Figures): Figure[] {
  const { states: ofStates, renewals: ofRenewals, runningOut: ofRunningOut } = figureWords
  const today = states.at(-1)
  const renewed = renewals.map((one) => one.renewed)
  const failed = renewals.map((one) => one.failed)
  const ending = runningOut.map(({ count }) => count)
  return [
    {
      id: 'states',
      shape: 'steps',
      summary: today ? ofStates.summary(today.authorized, today.reauthorizationRequired) : ofStates.none,
      moments: states.map(({ day }) => day),
      series: [
        { label: ofStates.authorized, tone: 'success', values: states.map((one) => one.authorized) },
        {
          label: ofStates.refused,
          tone: 'attention',
          values: states.map((one) => one.reauthorizationRequired),
        },
        { label: ofStates.waiting, tone: 'muted', values: states.map((one) => one.notAuthorized) },
      ],
    },
    {
      id: 'renewals',
      shape: 'bars',
      summary: ofRenewals.summary(sum(renewed), sum(failed)),
      moments: renewals.map(({ hour }) => hour),
      series: [
        { label: ofRenewals.renewed, tone: 'accent', values: renewed },
        { label: ofRenewals.failed, tone: 'attention', values: failed },
      ],
    },
    {
      id: 'runningOut',
      shape: 'bars',
      summary: ofRunningOut.summary(sum(ending.slice(0, 14)), sum(ending)),
      moments: runningOut.map(({ day }) => day),
      series: [{ label: ofRunningOut.count, tone: 'accent', values: ending }],
    },
  ]
}
