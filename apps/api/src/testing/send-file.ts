import { expect } from 'vitest'
import type { FileFault } from '../csv-file/file-faults.js'
import type { Browser } from './browser.js'
import { publicUrl } from './create-test-app.js'

export const csvHeaders = {
  'content-type': 'text/csv',
  origin: publicUrl,
  'apollo-require-preflight': 'true',
}

export interface FileAnswer<Result> {
  progress?: { step: string; done: number; total: number }
  result?: Result
  faults?: FileFault[]
  faultCount?: number
  error?: { code: string; reason: string }
}

/** What the hub says while it works through a file, line by line. */
export async function sendFile<Result>(
  browser: Browser,
  path: string,
  file: string | Buffer,
): Promise<FileAnswer<Result>[]> {
  const answer = await browser.request('POST', path, { headers: csvHeaders, body: file })
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/x-ndjson'])
  const lines = answer.body.trim().split('\n')
  return lines.map((line) => JSON.parse(line) as FileAnswer<Result>)
}
