import type { Load, Read } from './load.js'
import { until, type Report } from './outcome.js'
import type { Standing } from './seed.js'
import type { World } from './world.js'

export type Mode = 'strict' | 'grace' | 'family-revoke' | 'none'

/** A moment at which a process may have lost an answer: it was killed. */
export interface Kill {
  at: number
  kind: string
  /** When the process that was killed had begun. */
  since: number
}

interface Invalidation {
  companyId: string
  applicationId: string
  at: string | number
  details: string
}

interface Attempt {
  startedAt: string | number
  first: string | number
  last: string | number
}

/** A commit that is not there this long after the kill was never going to come. */
const answerTakesAtMostMs = 8_000
const toldWithinMs = 60_000

/** Compares what UPS did, what is stored and what each client saw. */
export class Judge {
  constructor(
    private readonly world: World,
    private readonly report: Report,
  ) {}

  /** No process was killed: nothing may be in doubt or lost, in whatever mode. */
  async nothingLost(load: Load): Promise<void> {
    await this.settled()
    await this.losses('none', [])
    await this.nothingWasInDoubt()
    await this.upstream()
    await this.clients(load)
    await this.fsck()
    await this.everythingStandingWorks()
  }

  /** All that was in doubt has been settled: within a minute, as promised. */
  async settled(): Promise<void> {
    const inDoubt = () =>
      this.world.database.query<{ id: string }>(`SELECT id FROM refresh_attempts WHERE "settledAt" IS NULL`)
    const isSettled = await until(async () => (await inDoubt()).length === 0, toldWithinMs)
    this.report.expect(isSettled, `${(await inDoubt()).length} attempts are still in doubt after a minute`)
  }

  /** Losses: none where UPS lets a token be used again; elsewhere only where a kill came between, and each is told. */
  async losses(mode: Mode, kills: readonly Kill[]): Promise<void> {
    const ended = await this.world.database.query<Invalidation>(
      `SELECT "companyId", "applicationId", at, details FROM audit_events WHERE name = 'authorization.invalidated'`,
    )
    const reasons = ended.map(({ details }) => (JSON.parse(details) as { reason: string }).reason)
    const lost = ended.filter((_, index) => reasons[index] === 'LOST_IN_ROTATION')
    this.report.count('lost', lost.length)
    for (const reason of new Set(reasons)) {
      const count = reasons.filter((one) => one === reason).length
      this.report.expect(reason === 'LOST_IN_ROTATION', `${count} authorizations ended as ${reason}`)
    }
    if (mode === 'grace' || mode === 'none') {
      this.report.expect(lost.length === 0, `${lost.length} lost although UPS takes a used token again`)
      return
    }
    let slowest = 0
    for (const { companyId, applicationId, at } of lost) {
      const standing = this.world.standings.find(
        (one) => one.companyId === companyId && one.application === applicationId,
      )
      const kill = standing && (await this.#killThatExplains(standing, Number(at), kills))
      this.report.expect(
        kill !== undefined,
        `lost without a kill between: ${applicationId} at ${new Date(Number(at)).toISOString()}`,
      )
      if (kill) slowest = Math.max(slowest, Number(at) - kill.at)
    }
    this.report.count('slowest told s', Math.round(slowest / 1000))
    this.report.expect(
      slowest <= toldWithinMs,
      `a loss was told only ${Math.round(slowest / 1000)} s after the kill`,
    )
  }

  /**
   * The attempt in doubt was that of a process which was killed before it could have stored the answer. Which process
   * an owner was is told by its attempts: all of them fall into the life of that process.
   */
  async #killThatExplains(
    standing: Standing,
    toldAt: number,
    kills: readonly Kill[],
  ): Promise<Kill | undefined> {
    const attempts = (
      await this.world.database.query<Attempt>(
        `SELECT "startedAt", owner, (SELECT MIN(o."startedAt") FROM refresh_attempts o WHERE o.owner = a.owner) AS first,
         (SELECT MAX(o."startedAt") FROM refresh_attempts o WHERE o.owner = a.owner) AS last
         FROM refresh_attempts a WHERE "authorizationId" = '${standing.authorizationId}' AND outcome = 'LOST'
         AND "startedAt" BETWEEN ${toldAt - 2 * toldWithinMs} AND ${toldAt}`,
      )
    ).map(({ startedAt, first, last }) => ({
      from: Number(startedAt),
      first: Number(first),
      last: Number(last),
    }))
    return kills.findLast(({ at, since }) =>
      attempts.some(
        ({ from, first, last }) =>
          first >= since && last <= at + 50 && from <= at + 50 && at <= from + answerTakesAtMostMs,
      ),
    )
  }

  /** Every answer of UPS has found its way: no token was tried a second time, and none had to be given up. */
  async nothingWasInDoubt(): Promise<void> {
    const spent = (await this.world.ups.refreshes()).filter(({ outcome }) => outcome === 'refresh-token-used')
    this.report.expect(spent.length === 0, `${spent.length} spent tokens were sent`)
    const again = await this.world.database.query<{ id: string }>(
      `SELECT "authorizationId" AS id FROM refresh_attempts WHERE outcome <> 'NOT_ACTED'
       GROUP BY "authorizationId", generation HAVING COUNT(*) > 1`,
    )
    this.report.expect(again.length === 0, `${again.length} refreshes were in doubt and tried again`)
  }

  /** No spent token is sent but once more after each attempt in doubt; and each sending had its intent. */
  async upstream(): Promise<void> {
    const rows = await this.world.ups.refreshes()
    const attempts = await this.world.database.query<{ authorizationId: string; outcome: string | null }>(
      'SELECT "authorizationId", outcome FROM refresh_attempts',
    )
    const refused = rows.filter(
      ({ outcome }) => outcome === 'refresh-token-used' || outcome === 'grant-void',
    ).length
    const givenUp = attempts.filter(({ outcome }) => outcome === 'LOST').length
    this.report.count('refreshes', rows.filter(({ acted }) => acted).length)
    this.report.count('spent sent', refused)
    this.report.expect(
      refused <= givenUp,
      `${refused} spent tokens were sent, but only ${givenUp} attempts were in doubt`,
    )
    for (const { authorizationId, grantId } of this.world.standings) {
      const sent = rows.filter((row) => row.grantId === grantId).length
      const intended = attempts.filter((attempt) => attempt.authorizationId === authorizationId).length
      this.report.expect(sent <= intended, `${sent} refreshes sent with ${intended} intents (${grantId})`)
    }
  }

  /** What clients saw: generations go forward only, nothing after an opt-out, and each token had been recorded before. */
  async clients({ reads, wishes }: Load): Promise<void> {
    const given = reads.filter(({ status }) => status === 200)
    this.report.count('reads', reads.length)
    this.report.count('given', given.length)
    const backwards = this.world.standings.reduce((sum, standing) => sum + goingBack(given, standing), 0)
    this.report.expect(
      backwards === 0,
      `${backwards} reads were given an older token than one that had been given before`,
    )

    const recorded = new Set(
      (await this.world.database.query<{ requestId: string }>('SELECT "requestId" FROM token_hand_outs')).map(
        ({ requestId }) => requestId,
      ),
    )
    const unrecorded = given.filter(({ requestId }) => !recorded.has(requestId)).length
    this.report.expect(unrecorded === 0, `${unrecorded} tokens left without a record`)

    const done = wishes.filter(({ isAcknowledged }) => isAcknowledged)
    this.report.count('opt-ins', done.filter(({ kind }) => kind === 'opt-in').length)
    this.report.count('opt-outs', done.filter(({ kind }) => kind === 'opt-out').length)
    for (const out of done.filter(({ kind }) => kind === 'opt-out')) {
      const next = wishes.find(({ standing, from }) => standing === out.standing && from > out.to)
      const after = given.filter(
        ({ standing, from, to }) =>
          standing === out.standing && from > out.to && to < (next?.from ?? Infinity),
      )
      this.report.expect(
        after.length === 0,
        `${after.length} tokens were given after an acknowledged opt-out`,
      )
    }
    await this.#nothingUndone(wishes)
  }

  async #nothingUndone(wishes: Load['wishes']): Promise<void> {
    for (const standing of new Set(wishes.map((wish) => wish.standing))) {
      const last = wishes.findLast((wish) => wish.standing === standing)
      if (!last?.isAcknowledged) continue
      const { status } = await this.world.row(standing)
      const isUndone = last.kind === 'opt-out' ? status !== 'NOT_AUTHORIZED' : status === 'NOT_AUTHORIZED'
      this.report.expect(!isUndone, `an acknowledged ${last.kind} has been undone: ${status}`)
    }
  }

  /** No silent loss: whatever the hub calls authorized can be renewed, and UPS honours the token. */
  async everythingStandingWorks(): Promise<void> {
    await this.world.ups.clearFaults()
    await this.world.ups.lifetimes({ accessSeconds: 3599 })
    // What is on its way while the clock jumps would be taken for two hours younger than it is.
    await this.world.quiet()
    await this.world.advance(2 * 60 * 60_000)
    let standing = 0
    for (const one of this.world.standings) {
      if ((await this.world.row(one)).status !== 'AUTHORIZED') continue
      standing += 1
      const answer = await this.world.readToken(this.world.hub(standing), one)
      const token =
        answer.status === 200 ? (JSON.parse(answer.body) as { accessToken: string }).accessToken : null
      const isGood = token !== null && (await this.world.ups.isGood(token))
      this.report.expect(
        isGood,
        `called authorized, but not so: ${answer.status} ${answer.body.slice(0, 200)}`,
      )
    }
    this.report.count('standing', `${standing} of ${this.world.standings.length}`)
  }

  async fsck(): Promise<void> {
    for (const line of await this.world.fsck()) this.report.violations.push(`fsck: ${line.trim()}`)
  }
}

/** Of a read that begins after another has ended, the token is at least as new. */
function goingBack(given: readonly Read[], standing: Standing): number {
  const mine = given.filter((read) => read.standing === standing).sort((one, other) => one.to - other.to)
  const begun = [...mine].sort((one, other) => one.from - other.from)
  let newest = 0
  let ended = 0
  let count = 0
  for (const read of begun) {
    for (; ended < mine.length && (mine[ended] as Read).to < read.from; ended++) {
      newest = Math.max(newest, (mine[ended] as Read).expiresAt)
    }
    if (read.expiresAt < newest) count += 1
  }
  return count
}
