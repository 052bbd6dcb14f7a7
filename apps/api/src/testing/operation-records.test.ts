import { expect, it } from 'vitest'
import { createSchema } from '../schema.js'
import { HandOutEntity } from '../token-api/hand-out.entity.js'
import { recordedIn } from './audit-trail.js'
import type { GraphQLAnswer } from './browser.js'
import type { TestApp } from './create-test-app.js'
import { isObjectRow } from './object-matrix/row.js'
import { rows } from './object-matrix/rows.js'
import { createScene, type Scene } from './object-matrix/scene.js'
import { operationRecords, type OperationRecord } from './operation-records.js'

it('knows the record of each mutation of the schema, and of none besides', () => {
  const mutations = Object.keys(createSchema().getMutationType()?.getFields() ?? {})
  expect(Object.keys(operationRecords).sort()).toEqual(mutations.sort())
})

it('records each mutation: what, by whom, from where, about which company, with the request', async () => {
  const scene = await createScene()
  for (const [name, row] of Object.entries(operationRecords)) {
    const { expected, found } = await asked(scene, name, row)
    expect(found, name).toContainEqual(expected)
  }
}, 120_000)

async function asked(scene: Scene, name: string, { event, person, about, asks }: OperationRecord) {
  const row = rows[`Mutation.${name}`]
  if (!row) throw new Error(`the object matrix has no row for ${name}`)
  const makesAnother = isObjectRow(row) && typeof row.ends === 'function' ? row.ends : undefined
  const target = (await makesAnother?.(scene, 'A')) ?? scene.targets.A
  const { by, variables, apiClientId } =
    typeof asks === 'function' ? await asks(scene, target) : { by: scene.browserOf(asks) }
  const ofRow = isObjectRow(row) ? row.variables(target) : row.variables
  const answer = await by.post(JSON.stringify({ query: row.document, variables: variables ?? ofRow ?? {} }))
  const { data, errors } = answer.json<GraphQLAnswer<Record<string, { id: string }>>>()
  expect(errors, name).toBeUndefined()
  const requestId = String(answer.headers['x-request-id'])
  const companyId = { nothing: null, 'answered company': data?.[name]?.id }
  const expected = {
    name: event,
    result: 'DONE',
    person,
    apiClientId: apiClientId ?? null,
    companyId: about in companyId ? companyId[about as keyof typeof companyId] : target.companyId,
    applicationId: { application: 'RATING', 'Consumer Returns': 'CONSUMER_RETURNS' }[String(about)] ?? null,
    // Goes with the person who is erased by their own wish.
    address: name === 'eraseMyAccount' ? null : '127.0.0.1',
  }
  return { expected, found: await recordsOf(scene.world, requestId) }
}

/** Of the trail, and of the hand-outs beside it, which are in the trail by their digest. */
async function recordsOf(world: TestApp, requestId: string): Promise<object[]> {
  const events = (await recordedIn(world)).filter((event) => event.requestId === requestId)
  const handOuts = await world.app.database.reader.findBy(HandOutEntity, { requestId })
  return [
    ...events.map(({ name, result, person, apiClientId, companyId, applicationId, address }) => ({
      name,
      result,
      person,
      apiClientId,
      companyId,
      applicationId,
      address,
    })),
    ...handOuts.map(({ clientId: apiClientId, companyId, applicationId, address }) => ({
      name: 'tokens.handed_out',
      result: 'DONE',
      person: null,
      apiClientId,
      companyId,
      applicationId,
      address,
    })),
  ]
}
