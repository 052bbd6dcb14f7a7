import { serverAudits } from 'graphql-http'
import type { InjectOptions } from 'fastify'
import { expect, it } from 'vitest'
import { createTestApp, publicUrl } from '../testing/create-test-app.js'

it('speaks GraphQL over HTTP as the audits of its draft expect, but for what is decided otherwise', async () => {
  const world = await createTestApp()
  const fetchFn = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { host } = new URL(publicUrl)
    const ours = { host, origin: publicUrl, 'apollo-require-preflight': 'true' }
    const answer = await world.app.http.inject({
      method: (init.method ?? 'GET') as NonNullable<InjectOptions['method']>,
      url: url.replace(publicUrl, ''),
      headers: { ...(init.headers as Record<string, string>), ...ours },
      ...(init.body && { payload: init.body as string }),
    })
    return new Response(answer.body, {
      status: answer.statusCode,
      headers: answer.headers as Record<string, string>,
    })
  }
  const otherwise: string[] = []
  for (const audit of serverAudits({ url: `${publicUrl}/graphql`, fetchFn })) {
    const { status, name } = await audit.fn()
    if (status !== 'ok') otherwise.push(`${audit.id} ${name}`)
  }
  expect(otherwise).toEqual([
    // GET executes nothing (S-97).
    '5A70 MAY accept application/x-www-form-urlencoded formatted GET requests',
    'D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
    '6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
    // What was refused has the status of a refusal, whatever type of answer is preferred: 200 would hide it from who watches.
    '572B SHOULD use 200 status code on document parsing failure when accepting application/json',
    'FDE2 SHOULD use 200 status code on document validation failure when accepting application/json',
    '7B9B SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
  ])
})
