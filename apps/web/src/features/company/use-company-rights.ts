import { useSession } from '../session/use-session'

/** What the viewer may do is decided by the hub; this only keeps away verbs that would be refused. */
export function useCompanyRights() {
  const { viewer } = useSession()
  const mayAct = (companyId: string) =>
    viewer.value?.memberships.some((one) => one.company.id === companyId && one.role === 'ADMIN') ?? false
  return {
    /** Who was only invited to authorize sees that it stands, and nothing of its history. */
    seesAll: (companyId: string) =>
      (viewer.value?.isSolutionAdmin ||
        viewer.value?.memberships.some((one) => one.company.id === companyId)) ??
      false,
    mayAct,
    /** A solution admin does so for each company in view. */
    mayManage: (companyId: string) => mayAct(companyId) || (viewer.value?.isSolutionAdmin ?? false),
  }
}
