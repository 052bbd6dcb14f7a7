import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import type { LetterChoicesQuery } from '../../graphql/generated/graphql'
import { useAnswer } from '../../graphql/use-answer'
import { useVerb } from '../../graphql/use-verb'

export type LetterChoices = Omit<
  NonNullable<NonNullable<LetterChoicesQuery['viewer']>['noticePreferences']>,
  '__typename'
>

const letterChoicesQuery = graphql(`
  query LetterChoices {
    viewer {
      id
      noticePreferences {
        expiring
        ended
      }
    }
  }
`)

const chooseLettersMutation = graphql(`
  mutation ChooseLetters($input: ChangeNoticePreferencesInput!) {
    changeNoticePreferences(input: $input) {
      expiring
      ended
    }
  }
`)

/** Which letters one gets by oneself. */
export function useLetterChoices() {
  const { result, look } = useAnswer(letterChoicesQuery)
  const { run, isBusy, failure } = useVerb(chooseLettersMutation)

  async function choose({ expiring, ended }: LetterChoices): Promise<boolean> {
    const isDone = (await run({ input: { expiring, ended } })) !== null
    await look()
    return isDone
  }

  return { choices: computed(() => result.value?.viewer?.noticePreferences ?? null), choose, isBusy, failure }
}
