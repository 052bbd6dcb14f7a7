import { useQuery } from '@vue/apollo-composable'
import { computed } from 'vue'
import { toFailure } from '../../graphql/error-sentences'
import { graphql } from '../../graphql/generated/gql'

const questionsQuery = graphql(`
  query Questions {
    frequentlyAskedQuestions(application: REVERSE_LOGISTICS) {
      question
      answer
    }
  }
`)

export function useQuestions() {
  const { result, loading, error } = useQuery(questionsQuery)
  return {
    questions: computed(() => result.value?.frequentlyAskedQuestions ?? []),
    isLoading: loading,
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
  }
}
