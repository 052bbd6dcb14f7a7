import { computed } from 'vue'
import { useCompanyRights } from '../../../features/company/use-company-rights'
import { graphql } from '../../../graphql/generated/gql'
import { useAnswer } from '../../../graphql/use-answer'

const candidatesQuery = graphql(`
  query GroupCandidates {
    companies(first: 40) {
      edges {
        node {
          id
          name
          members(first: 50) {
            edges {
              node {
                user {
                  id
                  displayName
                  signInName
                }
              }
            }
          }
        }
      }
    }
  }
`)

export interface Candidate {
  id: string
  label: string
}

/** Whom and what one could put into a group: the companies that one is an admin of, and who acts for them. */
export function useCandidates() {
  const rights = useCompanyRights()
  const { result } = useAnswer(candidatesQuery)
  const own = computed(
    () => result.value?.companies.edges.map(({ node }) => node).filter(({ id }) => rights.mayAct(id)) ?? [],
  )
  return {
    companies: computed<Candidate[]>(() => own.value.map(({ id, name }) => ({ id, label: name }))),
    people: computed<Candidate[]>(() => {
      const people = own.value.flatMap(({ members }) => members.edges.map(({ node }) => node.user))
      const labelled = people.map(({ id, displayName, signInName }) => ({
        id,
        label: `${displayName} (${signInName})`,
      }))
      return [...new Map(labelled.map((each) => [each.id, each])).values()]
    }),
  }
}
