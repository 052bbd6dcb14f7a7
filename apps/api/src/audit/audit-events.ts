export const auditResults = ['DONE', 'REFUSED', 'FAILED'] as const
/** What came of it: done, refused to who wanted it, or tried without success. */
export type AuditResult = (typeof auditResults)[number]

const day = 24 * 3600_000

/** How long records are kept, by class; the table in the README says the same. */
export const retentionMs = {
  /** Who was here: sign-ins, refusals, forged returns. */
  access: 400 * day,
  /** What happens by itself and often: renewals and hand-outs. */
  routine: 400 * day,
  /** What people decided: opt-ins, roles, keys, companies, and the trail's own records. */
  decision: 3 * 366 * day,
} as const
export type RetentionClass = keyof typeof retentionMs

export interface AuditEventFacts {
  readonly result: AuditResult
  readonly retention: RetentionClass
  /** For who reads the API's description. */
  readonly says: string
}

const facts =
  (result: AuditResult, retention: RetentionClass) =>
  (says: string): AuditEventFacts => ({ result, retention, says })

const decided = facts('DONE', 'decision')
const failed = facts('FAILED', 'decision')
const happened = facts('DONE', 'routine')
const wentWrong = facts('FAILED', 'routine')
const came = facts('DONE', 'access')
const refused = facts('REFUSED', 'access')

/**
 * Every event of the trail, one list: what came of it, how long it is kept, what it means. Details hold ids, codes and times
 * only, never a name, token or free text.
 */
export const auditEvents = {
  'session.began': came('Somebody signed in.'),
  'session.refused': refused('A sign-in was refused.'),
  'session.ended': came('Somebody signed out.'),
  'session.reauthenticated': came('Somebody gave the password again.'),
  'session.reauthentication_refused': refused('A password that was asked for again was not right.'),
  'account.sign_up_requested': came('Somebody asked for an account.'),
  'account.signed_up': decided('Somebody has an account: the mail address was proven.'),
  'account.password_reset_requested': came('Somebody said that the password was forgotten.'),
  'account.password_reset': decided('A new password was set by a link in a letter.'),
  'account.password_changed': decided('Somebody changed the own password.'),
  'account.sign_in_name_changed': decided('Somebody changed the own sign in name.'),
  'account.display_name_changed': decided('Somebody changed the own name.'),
  'account.email_change_requested': came('Somebody asked for another mail address.'),
  'account.email_changed': decided('Somebody changed the own mail address.'),
  'user.disabled': decided('A solution admin shut a person out.'),
  'user.enabled': decided('A solution admin let a person in again.'),
  'user.sessions_ended': decided('A solution admin ended all sessions of a person.'),
  'installation.set_up': decided('The hub was set up, with its first solution admin.'),
  'access.refused': refused('Somebody asked for what they may not have, or what is not there.'),
  'limit.reached': refused('Somebody asked more often than allowed.'),
  'callback.refused': refused('A return from UPS.com was refused: it belonged to no visit of this browser.'),
  'company.created': decided('A company was created.'),
  'company.updated': decided('The particulars of a company were changed.'),
  'company.removed': decided('A company was removed, and its tokens destroyed.'),
  'company.enrolled': decided('A company was enrolled in an application.'),
  'company.withdrew': decided('A company was withdrawn from an application.'),
  'company.imported': decided('A company was created or enrolled from a file.'),
  'import.completed': decided('Companies were imported from a file.'),
  'authorization.begun': decided('Somebody left for UPS.com to authorize.'),
  'authorization.opted_in': decided('A company has opted in.'),
  'authorization.opt_in_failed': failed('An opt-in came back from UPS.com without success.'),
  'authorization.opt_in_voided': failed('An opt-in came back after its ground was gone.'),
  'authorization.opted_out': decided('A company has opted out.'),
  'authorization.invalidated': decided('An authorization ended without anybody of ours ending it.'),
  'authorization.refresh_requested': decided('An admin asked for the tokens to be renewed now.'),
  'authorization.refreshed': happened('Tokens were renewed.'),
  'authorization.recovered': happened('Tokens of a renewal in doubt were saved after all.'),
  'authorization.refresh_failed': wentWrong('Tokens could not be renewed; the authorization stands.'),
  'authorization.refresh_dropped': wentWrong('Renewed tokens were not kept: others had come first.'),
  'application.refused': facts('REFUSED', 'decision')('UPS refuses one of the applications itself.'),
  'api_client.created': decided('An API client was created.'),
  'api_client.granted': decided('An API client was given rights for a company.'),
  'api_client.grant_withdrawn': decided('An API client lost its rights for a company.'),
  'api_client.key_rotated': decided('An API client got a new key; the former one ends after a time.'),
  'api_client.key_revoked': decided('One key of an API client was revoked.'),
  'api_client.paused': decided('An API client was paused: it takes no tokens until it is resumed.'),
  'api_client.resumed': decided('An API client that was paused may take tokens again.'),
  'api_client.addresses_changed': decided('An API client may be used from other network addresses.'),
  'api_client.revoked': decided('An API client was revoked, with all its keys.'),
  'webhook.endpoint_created': decided('An API client is told of events at one more address.'),
  'webhook.endpoint_changed': decided('Where or of what an API client is told was changed.'),
  'webhook.endpoint_removed': decided('An API client is no longer told of events at an address.'),
  'webhook.endpoint_disabled': decided('The hub stopped sending events to an address that takes none.'),
  'webhook.secret_rotated': decided('Events for an address are signed with a new secret.'),
  'webhook.tested': decided('Somebody sent a test event.'),
  'webhook.events_replayed': decided('Somebody had events sent once more.'),
  'license_key.updated': decided('The UPS API License Key of a company was set.'),
  'license_key.removed': decided('The UPS API License Key of a company was destroyed.'),
  'sales_orders.imported': decided('Orders of a company were imported from a file.'),
  'tokens.handed_out': happened('API clients took tokens: a digest of the records of one batch.'),
  'invitation.sent': decided('Somebody was invited by letter.'),
  'invitation.accepted': decided('Somebody accepted an invitation.'),
  'invitation.withdrawn': decided('An invitation was made void.'),
  'membership.role_changed': decided('A member of a company got another role.'),
  'membership.ended': decided('A person is no longer a member of a company.'),
  'group.created': decided('A group was created.'),
  'group.renamed': decided('A group got another name.'),
  'group.role_changed': decided('A group gives another role from now on.'),
  'group.deleted': decided('A group was deleted, and the rights it gave.'),
  'group.member_added': decided('A person joined a group.'),
  'group.member_removed': decided('A person left a group, or was taken out of it.'),
  'group.company_added': decided('A company was given to a group.'),
  'group.company_removed': decided('A company was taken from a group.'),
  'notice.preferences_changed': decided('Somebody chose which letters to get.'),
  'letter.given_up': wentWrong('A letter could not be delivered, and is not tried again.'),
  'vault.keys_rotated': decided('Stored secrets were sealed anew under another root key.'),
  'audit.exported': decided('Somebody took a copy of the audit trail.'),
  'history.exported': decided("Somebody took a copy of the history of a company's authorizations or tokens."),
  'audit.swept': decided('Records of the audit trail went because their time was over.'),
  'audit.chain_broken': failed('The hub found its own audit trail tampered with.'),
  'person.exported': decided('Somebody took a copy of the data about themselves.'),
  'person.erased': decided('A person was erased; what they did stays, under a pseudonym.'),
} as const satisfies Record<string, AuditEventFacts>

export type AuditEventName = keyof typeof auditEvents

export const auditEventNames = Object.keys(auditEvents) as readonly AuditEventName[]
