import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AuditEventEntity } from '../audit/audit-event.entity.js'
import { createTestApp, type TestApp } from '../testing/create-test-app.js'
import { startMailServer } from '../testing/mail-server.js'
import { QueuedLetterEntity } from './queued-letter.entity.js'

const second = 1000
const day = 24 * 3600 * second
const content = { subject: 'Canary subject', paragraphs: ['The canary sings.'] }

const post = (world: TestApp, to = 'a@example.com') =>
  world.app.database.inTransaction((manager) => world.app.services.mail.post(manager, to, content))

const rows = (world: TestApp) => world.app.database.reader.find(QueuedLetterEntity)

async function withMailServer() {
  const server = await startMailServer()
  const environment = { SMTP_URL: server.url, MAIL_FROM: 'hub@example.com' }
  return { server, world: await createTestApp({ environment }) }
}

it('keeps a letter unreadable until it is sent, and not at all afterwards', async () => {
  const { server, world } = await withMailServer()
  await post(world)
  expect(JSON.stringify(await rows(world))).not.toMatch(/canary|example\.com/i)
  expect(await world.app.sendLetters()).toBe(1)
  expect(await rows(world)).toMatchObject([{ content: null, dueAt: null, outcome: 'SENT' }])
  expect(await world.app.sendLetters()).toBe(0)

  expect(server.received.map(({ to }) => to)).toEqual([['a@example.com']])
  const message = server.received[0]?.message ?? ''
  for (const part of [
    /^From: "Opt-In Hub" <hub@example\.com>$/m,
    /^To: a@example\.com$/m,
    /^Subject: Canary subject$/m,
    /^Auto-Submitted: auto-generated$/m,
    /^Content-Type: text\/plain/m,
    /^Content-Type: text\/html/m,
  ])
    expect(message).toMatch(part)
})

it('posts nothing where the transaction fails', async () => {
  const world = await createTestApp()
  const failed = world.app.database.inTransaction(async (manager) => {
    await world.app.services.mail.post(manager, 'a@example.com', content)
    throw new Error('undone')
  })
  await expect(failed).rejects.toThrow('undone')
  expect(await rows(world)).toEqual([])
})

it('tries again later and later while the mail server does not take it, then gives up and says so', async () => {
  const { server, world } = await withMailServer()
  server.answerTo('refuse')
  await post(world)
  await world.app.sendLetters()
  expect(await world.app.sendLetters(), 'not due again yet').toBe(0)
  world.clock.advance(10 * second)
  expect(await world.app.sendLetters()).toBe(1)
  world.clock.advance(10 * second)
  expect(await world.app.sendLetters(), 'twice the wait').toBe(0)
  world.clock.advance(10 * second)
  server.answerTo('accept')
  expect(await world.app.sendLetters()).toBe(1)
  expect(server.received).toHaveLength(1)

  server.answerTo('refuse')
  await post(world)
  for (let days = 0; days <= 3; days++) {
    await world.app.sendLetters()
    expect((await rows(world))[1]?.outcome).toBe(null)
    world.clock.advance(day - (days === 2 ? second : 0))
  }
  await world.app.sendLetters()
  expect((await rows(world))[1]).toMatchObject({ content: null, dueAt: null, outcome: 'GIVEN_UP' })
  const events = await world.app.database.reader.findBy(AuditEventEntity, { name: 'letter.given_up' })
  expect(events.map(({ details }) => details)).toEqual([{ letterId: (await rows(world))[1]?.id }])
  expect(world.logged.join('')).toContain('is given up')
  expect(world.logged.join(''), 'what the mail server said').not.toMatch(/canary|example\.com/i)
})

it('takes a letter in hand that a process has left half sent, and never one that another is sending', async () => {
  const { server, world } = await withMailServer()
  const other = await world.another()
  server.answerTo('silence')
  await post(world)
  const hanging = world.app.sendLetters()
  await expect.poll(async () => (await rows(world))[0]?.attempts).toBe(1)
  expect(await other.sendLetters()).toBe(0)
  world.clock.advance(60 * second)
  server.answerTo('accept')
  expect(await other.sendLetters()).toBe(1)
  server.hangUp()
  await hanging
  expect(server.received).toHaveLength(1)
  expect(await rows(world), 'the late failure of the first changes nothing').toMatchObject([
    { outcome: 'SENT', attempts: 2, content: null },
  ])
})

it('answers requests while the mail server hangs', async () => {
  const { server, world } = await withMailServer()
  server.answerTo('silence')
  await post(world)
  const hanging = world.app.sendLetters()
  expect(await (await world.as('acme.admin')).data('{ viewer { signInName } }')).toBeTruthy()
  server.hangUp()
  await hanging
})

it('writes files that only its own user can read where there is no mail server', async () => {
  const world = await createTestApp()
  await post(world)
  const [letter] = await world.lettersTo('a@example.com')
  expect(letter).toMatchObject({ to: 'a@example.com', subject: 'Canary subject', at: world.clock() })
  expect(await world.lettersTo('b@example.com')).toEqual([])
  const folder = join(world.dataDir, 'letters')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600])
})

it('keeps the newest 500 files, and forgets sent letters after a day', async () => {
  const world = await createTestApp()
  const folder = join(world.dataDir, 'letters')
  mkdirSync(folder)
  for (let each = 0; each < 500; each++) {
    const id = `00000000-0000-7000-8000-${String(each).padStart(12, '0')}`
    writeFileSync(join(folder, `${id}.json`), '{}')
  }
  await post(world)
  await world.app.sendLetters()
  expect(readdirSync(folder)).toHaveLength(500)
  expect(readdirSync(folder)).not.toContain('00000000-0000-7000-8000-000000000000.json')

  await post(world)
  world.clock.advance(day + second)
  await world.app.forget()
  expect((await rows(world)).map(({ outcome }) => outcome)).toEqual([null])
})
