import { IsNull, Not, type EntityManager } from 'typeorm'
import type { Alarms, Incident } from '../alarms.js'
import { applicationFacts } from '../application/applications.js'
import type { Clock } from '../clock.js'
import { requireViewer, type RequestContext } from '../context.js'
import { newId } from '../db/new-id.js'
import type { Database } from '../db/transaction.js'
import type { Logger } from '../log.js'
import { alarmRaised } from '../mail/letters/alarm.js'
import type { MailService } from '../mail/mail.service.js'
import { can } from '../permissions.js'
import { UserEntity } from '../user/user.entity.js'
import { AlarmEntity } from './alarm.entity.js'
import { alarmErrors } from './alarm.errors.js'

interface Surroundings {
  database: Database
  clock: Clock
  mail: MailService
  log: Pick<Logger, 'error'>
}

/** Tells the solution admins what only they can put right: on every page while it lasts, and once by letter (design, ruling 9). */
export class AlarmService implements Alarms {
  #telling: Promise<void> = Promise.resolve()

  constructor(private readonly on: Surroundings) {}

  /** The first of all processes that notices writes the letters. */
  async raise(manager: EntityManager, incident: Incident): Promise<void> {
    const now = this.on.clock()
    const id = newId(now)
    const { kind, applicationId = null } = incident
    const row = { id, kind, applicationId, openKey: keyOf(incident), raisedAt: now, endedAt: null }
    if (await manager.existsBy(AlarmEntity, { openKey: row.openKey })) return
    await manager.createQueryBuilder().insert().into(AlarmEntity).values(row).orIgnore().execute()
    // Another process may have been first, in the same moment.
    if (!(await manager.existsBy(AlarmEntity, { id }))) return
    const application = applicationId && applicationFacts(applicationId).name
    const admins = { isSolutionAdmin: true, disabledAt: IsNull(), email: Not(IsNull()) }
    for (const { email } of await manager.findBy(UserEntity, admins))
      if (email !== null) await this.on.mail.post(manager, email, alarmRaised(kind, application))
  }

  async end(manager: EntityManager, incident: Incident): Promise<void> {
    const over = { openKey: null, endedAt: this.on.clock() }
    await manager.update(AlarmEntity, { openKey: keyOf(incident) }, over)
  }

  /** From where there is no transaction, and nothing that may wait: what is told first is stored first. */
  tell(incident: Incident, isOn: boolean): void {
    const store = () =>
      this.on.database.inTransaction((manager) =>
        isOn ? this.raise(manager, incident) : this.end(manager, incident),
      )
    this.#telling = this.#telling
      .then(store)
      .catch((err: unknown) => this.on.log.error({ err }, 'an alarm could not be stored'))
  }

  /** Once everything that was told is stored. */
  settled(): Promise<void> {
    return this.#telling
  }

  /** The oldest first. No list for pages: there is one of a kind and application at most. */
  async open(context: RequestContext): Promise<AlarmEntity[]> {
    if (!can(requireViewer(context), 'alarm.view')) throw alarmErrors.ALARMS_NOT_YOURS_TO_SEE()
    return this.allOpen()
  }

  allOpen(): Promise<AlarmEntity[]> {
    return this.on.database.reader.find(AlarmEntity, {
      where: { openKey: Not(IsNull()) },
      order: { raisedAt: 'ASC', id: 'ASC' },
    })
  }
}

const keyOf = ({ kind, applicationId }: Incident): string =>
  applicationId ? `${kind} ${applicationId}` : kind
