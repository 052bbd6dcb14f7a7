import { expect, it } from 'vitest'
import { readJsonLines } from './read-json-lines'

it('puts together what came in pieces, and drops a line that was cut off', async () => {
  const bytes = new TextEncoder().encode('{"a":"é"}\n{"b":2}\n\n{"c":')
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })
  const lines: unknown[] = []
  for await (const line of readJsonLines(body)) lines.push(line)
  expect(lines).toEqual([{ a: 'é' }, { b: 2 }])
})
