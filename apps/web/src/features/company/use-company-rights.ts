import { useSession } from '../session/use-session'

/** What the viewer may do is decided by the hub; this only keeps away verbs that would be refused. */
export function useCompanyRights() {
  const { viewer } = useSession()
  return {
    mayAct: (companyId: string) =>
      viewer.value?.memberships.some((one) => one.company.id === companyId && one.role === 'ADMIN') ?? false,
  }
}
