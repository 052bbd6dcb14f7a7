#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { isLoopback } from './control-route.js'
import { PlainError } from './plain-error.js'
import { serve, type Listening } from './serve.js'
import { readSetup } from './setup-file.js'
import { createStandIn } from './stand-in.js'
import { StateFile } from './state-file.js'
import type { OnChange } from './store.js'

const USAGE = 'Usage: ups-stand-in --file <stand-in.json> [--port 4010] [--host 127.0.0.1]'

interface Arguments {
  file: string
  port: number
  host: string
}

function readArguments(): Arguments {
  const { file, port, host } = parsed()
  if (file === undefined) throw new PlainError(`It must be told which applications to know. ${USAGE}`)
  const number = Number(port)
  if (!/^\d+$/.test(port) || number > 65_535)
    throw new PlainError(`--port ${port} is not a port number. ${USAGE}`)
  const asInUrl = host.includes(':') ? `[${host}]` : host
  if (!isLoopback(asInUrl)) {
    throw new PlainError(`--host ${host} is not this machine alone; the stand-in listens on loopback only.`)
  }
  return { file, port: number, host }
}

function parsed() {
  try {
    return parseArgs({
      options: {
        file: { type: 'string' },
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
      },
    }).values
  } catch (error) {
    throw new PlainError(`${(error as Error).message} ${USAGE}`)
  }
}

async function listen({ host, port }: Arguments): Promise<Listening> {
  try {
    return await serve({ host, port, onError: (error) => console.error(error) })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new PlainError(`Port ${port} is taken by another program; give another --port.`)
    throw new PlainError(`It cannot listen on ${host}, port ${port} (${code}).`)
  }
}

async function start(): Promise<void> {
  const given = readArguments()
  const setup = readSetup(given.file)
  const stateFile = new StateFile(`${given.file.replace(/\.json$/, '')}-state.json`)
  const state = stateFile.read()
  const listening = await listen(given)
  const onChange: OnChange = (state, change) => {
    stateFile.changed(state, change)
    void stateFile.written().catch(fail)
  }
  const standIn = createStandIn({ ...setup, publicUrl: listening.url, onChange, ...(state && { state }) })
  // Nobody is told of a change that a crash of this program could still undo.
  listening.answerWith(async (request) => {
    try {
      return await standIn.fetch(request)
    } finally {
      await stateFile.written().catch(fail)
    }
  })
  const stop = () =>
    void listening
      .close()
      .then(() => stateFile.written())
      .then(() => process.exit(0), fail)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  // Of the parent that forked it: the stand-in does not outlive it.
  process.once('disconnect', stop)
  // A parent that is gone no longer reads.
  process.stdout.on('error', () => undefined)
  const ready = { ready: true, url: listening.url }
  console.log(JSON.stringify(ready))
  process.send?.(ready)
}

function fail(error: unknown): never {
  console.error(error instanceof PlainError ? error.message : error)
  process.exit(1)
}

start().catch(fail)
