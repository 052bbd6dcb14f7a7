import { computed } from 'vue'
import { graphql } from '../../graphql/generated/gql'
import { useAnswer } from '../../graphql/use-answer'

const questionsQuery = graphql(`
  query Questions {
    frequentlyAskedQuestions(application: REVERSE_LOGISTICS) {
      question
      answer
    }
  }
`)

export function useQuestions() {
  const { result, failure, loading } = useAnswer(questionsQuery)
  return {
    questions: computed(() => result.value?.frequentlyAskedQuestions ?? []),
    isLoading: loading,
    failure,
  }
}
