import { Agent, request as httpRequest } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { FaultPoint } from '../src/refresh/fault-points.js'
import type { FaultRule, Order, Report } from '../src/testing/main-with-faults.js'
import { compiled, Program } from './program.js'

const mainWithFaults = fileURLToPath(new URL('src/testing/main-with-faults.js', compiled))

type OrderOf<T> = T extends unknown ? Omit<T, 'id'> : never

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export interface Asked {
  method?: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
}

export interface HubSettings {
  port: number
  /** All processes of one hub are known by one address. */
  publicUrl: string
  environment: Record<string, string>
}

/** One process of the hub: started, asked, and treated badly. */
export class Hub {
  #program: Program | null = null
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  #orders = 0
  #isReady = false
  #rules: FaultRule[] = []
  /** On the clock of this machine that nobody moves. */
  startedAt = 0

  constructor(
    readonly settings: HubSettings,
    private clockAheadMs = 0,
  ) {}

  /** Started, and neither stopped nor killed since. */
  get isUp(): boolean {
    return this.#isReady && (this.#program?.isRunning ?? false)
  }

  get said(): string {
    return this.#program?.said ?? ''
  }

  get end(): number | string | null {
    return this.#program?.end ?? null
  }

  async start(more: Record<string, string> = {}): Promise<void> {
    const { port, publicUrl, environment } = this.settings
    this.#isReady = false
    this.startedAt = performance.now()
    this.#program = new Program(mainWithFaults, [], {
      ...environment,
      ...more,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      FAULTS_CLOCK_AHEAD_MS: String(this.clockAheadMs),
      FAULTS_RULES: JSON.stringify(this.#rules.map(withDefaults)),
    })
    await this.#program.next<Report>((message) => 'ready' in (message as Report))
    this.#isReady = true
  }

  /** In force when this returns, and at every start from now on. */
  async setClockAhead(ms: number): Promise<void> {
    this.clockAheadMs = ms
    await this.#order({ clockAheadMs: ms })
  }

  /** In force when this returns; forgotten by a new start. */
  setRules(rules: FaultRule[]): Promise<void> {
    return this.#order({ rules })
  }

  /** At every start from now on. */
  startWithRules(rules: FaultRule[]): void {
    this.#rules = rules
  }

  async reaches(point: FaultPoint): Promise<void> {
    await this.#program?.next((message) => (message as { reached?: string }).reached === point)
  }

  signal(name: NodeJS.Signals): void {
    this.#program?.signal(name)
  }

  async gone(): Promise<void> {
    await this.#program?.exited
  }

  async stop(name: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.#program?.stop(name)
    this.#agent.destroy()
  }

  ask({ method = 'GET', path, headers = {}, body }: Asked): Promise<Answer> {
    const { port, publicUrl } = this.settings
    const options = {
      agent: this.#agent,
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { host: new URL(publicUrl).host, ...headers },
      timeout: 60_000,
    }
    return new Promise((resolve, reject) => {
      const sent = httpRequest(options, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        )
      })
      sent.on('timeout', () => sent.destroy(new Error('no answer within a minute')))
      sent.on('error', reject)
      sent.end(body)
    })
  }

  async #order(order: OrderOf<Order>): Promise<void> {
    const program = this.#program
    if (!program?.isRunning) return
    const id = ++this.#orders
    const done = program.next<Report>((message) => (message as { done?: number }).done === id)
    program.send({ id, ...order })
    // A process that was killed meanwhile has no clock to set.
    await done.catch(() => undefined)
  }
}

const withDefaults = (rule: FaultRule): Required<FaultRule> => ({ ms: 0, skip: 0, times: 1, ...rule })
