import { expect, it } from 'vitest'
import { createSchema } from '../../schema.js'
import { noteChange, whenListening } from '../changes.js'
import { Subscriber } from '../subscriber.js'
import type { Verdict } from './row.js'
import { callerNames, createScene, owners, type CallerName, type Owner, type Scene } from './scene.js'
import { subscriptionRows } from './subscription.rows.js'

const statusOf: Partial<Record<Verdict, string>> = { UNAUTHENTICATED: '401', FORBIDDEN: '403' }

it('has a row for each subscription of the schema, and none for another', () => {
  const fields = Object.keys(createSchema().getSubscriptionType()?.getFields() ?? {})
  expect(Object.keys(subscriptionRows)).toEqual(fields.map((field) => `Subscription.${field}`))
})

it('tells each caller of what is theirs, whether they name it or not, and of nothing else', async () => {
  const scene = await createScene()
  const { http } = scene.world.app
  const wrong: string[] = []
  for (const [name, row] of Object.entries(subscriptionRows)) {
    const listeners: { caller: CallerName; subscriber: Subscriber }[] = []
    for (const caller of callerNames) {
      const verdicts = row.verdicts[caller]
      const opened = Subscriber.connect(http, scene.browserOf(caller), headersOf(caller))
      const refusal = typeof verdicts === 'string' ? (statusOf[verdicts] ?? verdicts) : undefined
      if (refusal !== undefined) {
        await expect(opened, `${name} · ${caller}`).rejects.toThrow(refusal)
        continue
      }
      const subscriber = await opened
      await subscriber.greet()
      for (const owner of owners)
        subscriber.subscribe(row.document, row.variables(scene.targets[owner]), `one ${owner}`)
      subscriber.subscribe(row.document, {}, 'all')
      listeners.push({ caller, subscriber })
    }
    await whenListening(listeners.length, scene.world.app)
    // The second round comes after whatever the first has told too much.
    for (let round = 1; round <= 2; round++) {
      for (const owner of owners) await noteChange(scene.world.app, scene.targets[owner].companyId)
      for (const { caller, subscriber } of listeners) {
        const expected = expectedOf(
          scene,
          row.verdicts[caller] as Partial<Record<Owner, Verdict>> | undefined,
        )
        await subscriber.until(() => told(subscriber).length >= round * expected.length)
        const found = [...new Set(told(subscriber))].sort()
        if (found.join() !== expected.join()) wrong.push(`${name} · ${caller}: ${found.join()}`)
        if (subscriber.errors.length > 0)
          wrong.push(`${name} · ${caller}: ${JSON.stringify(subscriber.errors)}`)
      }
    }
  }
  expect(wrong).toEqual([])
}, 60_000)

/** Of each company that is theirs: by the subscription that names it, and by the one that names none. */
const expectedOf = ({ targets }: Scene, verdicts: Partial<Record<Owner, Verdict>> = {}): string[] =>
  owners
    .filter((owner) => verdicts[owner] === 'answer')
    .flatMap((owner) => ['all', `one ${owner}`].map((id) => `${id}: ${targets[owner].companyId}`))
    .sort()

const told = ({ received }: Subscriber): string[] =>
  received
    .filter(({ type }) => type === 'next')
    .map(({ id, payload }) => {
      const { data } = payload as { data: { authorizationChanged: { company: { id: string } } } }
      return `${id}: ${data.authorizationChanged.company.id}`
    })

const headersOf = (caller: CallerName): Record<string, string> =>
  caller.includes('key of') ? { authorization: 'Bearer whatever-key' } : {}
