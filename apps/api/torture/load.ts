import type { Hub } from './hub.js'
import { pause } from './outcome.js'
import { Person } from './person.js'
import type { Standing } from './seed.js'
import type { TokenAnswer, World } from './world.js'

/** What one token read saw. */
export interface Read {
  standing: Standing
  from: number
  to: number
  /** 0: the connection broke. */
  status: number
  expiresAt: number
  requestId: string
}

/** What an admin wanted, and whether the hub has said that it is done. */
export interface Wish {
  standing: Standing
  kind: 'opt-in' | 'opt-out'
  from: number
  to: number
  isAcknowledged: boolean
}

const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T

/** Third parties that take tokens, and an admin who opts out and in, on whichever process is up; all of it written down. */
export class Load {
  readonly reads: Read[] = []
  readonly wishes: Wish[] = []
  readonly #admin: Person
  #isOn = true
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly world: World,
    private readonly of: { steady: readonly Standing[]; changing: readonly Standing[] },
  ) {
    this.#admin = new Person(world.publicUrl)
  }

  begin(readers: number): void {
    const all = [...this.of.steady, ...this.of.changing]
    const loops = Array.from({ length: readers }, () => this.#forever(() => this.#read(pick(all)), 10))
    this.#running = Promise.all([...loops, this.#forever(() => this.#change(), 100)])
  }

  async end(): Promise<void> {
    this.#isOn = false
    await this.#running
  }

  async #forever(step: () => Promise<void>, restMs: number): Promise<void> {
    while (this.#isOn) {
      // A process that is killed while it is asked answers nothing.
      await step().catch(() => undefined)
      await pause(restMs * (0.5 + Math.random()))
    }
  }

  #anyHub(): Hub {
    return pick(this.world.hubs.filter(({ isUp }) => isUp)) ?? this.world.hub(0)
  }

  async #read(standing: Standing): Promise<void> {
    const read: Read = {
      standing,
      from: this.world.now().getTime(),
      to: 0,
      status: 0,
      expiresAt: 0,
      requestId: '',
    }
    try {
      const minimum = Math.random() < 0.1 ? 60 : 1
      const answer = await this.world.readToken(this.#anyHub(), standing, minimum)
      read.status = answer.status
      read.requestId = String(answer.headers['x-request-id'])
      if (answer.status === 200)
        read.expiresAt = Date.parse((JSON.parse(answer.body) as TokenAnswer).expiresAt)
    } finally {
      read.to = this.world.now().getTime()
      this.reads.push(read)
    }
  }

  /** Whatever was lost is authorized anew, as a person would; else one of those that change goes the other way. */
  async #change(): Promise<void> {
    const [ended] = await this.world.database.query<{ id: string }>(
      `SELECT id FROM authorizations WHERE status = 'REAUTHORIZATION_REQUIRED' LIMIT 1`,
    )
    const lost = [...this.of.steady, ...this.of.changing].find(
      ({ authorizationId }) => authorizationId === ended?.id,
    )
    if (lost) return this.#wish('opt-in', lost)
    const standing = pick(this.of.changing)
    if (!standing) return
    const { status } = await this.world.row(standing)
    return this.#wish(status === 'NOT_AUTHORIZED' ? 'opt-in' : 'opt-out', standing)
  }

  async #wish(kind: Wish['kind'], standing: Standing): Promise<void> {
    const hub = this.#anyHub()
    const ask = hub.ask.bind(hub)
    const { companyId, application } = standing
    const wish: Wish = { standing, kind, from: this.world.now().getTime(), to: 0, isAcknowledged: false }
    try {
      await this.#admin.signIn(ask)
      wish.from = this.world.now().getTime()
      if (kind === 'opt-out') {
        await this.#admin.optOut(ask, { companyId, application })
        wish.isAcknowledged = true
      } else {
        wish.isAcknowledged = await this.#admin.optIn(ask, { companyId, application }, this.world.ups)
      }
    } finally {
      wish.to = this.world.now().getTime()
      this.wishes.push(wish)
    }
  }
}
