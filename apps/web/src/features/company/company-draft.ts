import { words } from './manage-words'

/** What the form for a company holds. */
export interface CompanyDraft {
  name: string
  accountExecutiveName: string
  accountExecutiveContact: string
}

export interface DraftFaults {
  name: string | null
  accountExecutiveName: string | null
  accountExecutiveContact: string | null
}

const contact = /^(https:\/\/[^\s/]\S*|[^\s@:]+@[^\s@:]+|(?=.*\d)\+?[\d\s()./-]{5,})$/

/** The hub decides; this only tells beside the field what it would refuse. */
export function faultsOf(draft: CompanyDraft): DraftFaults {
  const given = draft.accountExecutiveContact.trim()
  return {
    name: draft.name.trim() === '' ? words.nameMissing : null,
    accountExecutiveName:
      given !== '' && draft.accountExecutiveName.trim() === '' ? words.contactAlone : null,
    accountExecutiveContact: given !== '' && !contact.test(given) ? words.contactWrong : null,
  }
}

export const isSound = (faults: DraftFaults): boolean =>
  Object.values(faults).every((fault) => fault === null)

export const trimmed = (draft: CompanyDraft): CompanyDraft => ({
  name: draft.name.trim(),
  accountExecutiveName: draft.accountExecutiveName.trim(),
  accountExecutiveContact: draft.accountExecutiveContact.trim(),
})
