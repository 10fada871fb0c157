import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { type Stage, smtpSink } from '../../../../test/smtp-sink.ts'
import { freshDirectory, pinnedNode, projectRoot, until } from '../../../../test/started-app.ts'
import { testApi } from '../../../../test/test-api.ts'
import { findMessage } from '../../../store/messages.ts'
import { queueMessage } from '../../queue-message.ts'
import type { World } from '../../world.ts'
import { sendMessage } from './send-message.ts'

/** A worker is ended without a word between any two steps of sending, and nobody gets a message twice. */

// On a cluster whoever waits for a row waits on its node, unseen by the coordinator.
const { isCluster } = inject('testEngine')
const { db, connectionString } = await freshDb()
const sink = await smtpSink()
const directory = await freshDirectory()
const mail = { smtpUrl: sink.url, from: 'service@firm.example' }
const { ask, world } = await testApi(db, { world: { mail } })
afterAll(async () => {
  await sink.close()
  await rm(directory, { recursive: true, force: true })
})

let worker: ChildProcess
beforeEach(() => {
  worker = spawn(pinnedNode, [join(projectRoot, 'bin', 'amends.js'), 'start', '--only', 'worker'], {
    cwd: projectRoot,
    stdio: 'ignore',
    env: {
      ...process.env,
      DATABASE_URL: connectionString,
      AMENDS_DATA_DIR: directory,
      AMENDS_SMTP_URL: mail.smtpUrl,
      AMENDS_MAIL_FROM: mail.from,
    },
  })
})
afterEach(() => worker.kill('SIGKILL'))

const killWorker = async () => {
  const ended = once(worker, 'exit')
  worker.kill('SIGKILL')
  await ended
}

const queue = async (customer: string, as: World = world) => {
  const queued = await db.transaction((tx) =>
    queueMessage(as, tx, {
      customer,
      to: `${customer}@example.org`,
      kind: 'follow-up',
      language: 'en',
      timeZone: 'UTC',
      values: { reference: 'K-1', what: 'your delivery', link: 'https://example.org/f' },
      cause: 'follow-up K-1',
    }),
  )
  if (queued.kind !== 'queued') throw new Error(`not queued: ${queued.kind}`)
  return { customer, id: queued.id }
}
const stateOf = async ({ customer, id }: { customer: string; id: string }) =>
  (await findMessage(db, customer, id))?.state
const timesTaken = ({ id }: { id: string }) =>
  sink.taken.filter(({ messageId }) => messageId === `<${id}@firm.example>`).length

/** Resolves when the mail reaches a stage; the mail server stays silent from there on until `goOn`. */
function holdAt(stage: Stage) {
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
  const { promise: released, resolve: goOn } = Promise.withResolvers<void>()
  sink.at.stage = async (now) => {
    if (now !== stage) return
    reach()
    await released
  }
  return { reached, goOn }
}

/** Somebody waits for a row that we hold; the machine of whoever waits is gone, and the wait with it. */
const endWhoWaits = () =>
  until(async () => {
    const gone = await db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database() and query like '%update messages%'`,
    )
    return gone.length > 0
  })

test.skipIf(isCluster)('ended before the claim, it is sent by the next one', async () => {
  sink.at.stage = async () => undefined
  await db.transaction(async (tx) => {
    const key = await queue('before-claim')
    await tx.query('select 1 from messages where customer = $1 for update', [key.customer])
    await until(async () => (await db.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)).length > 0)
    await killWorker()
    await endWhoWaits()
  })
  const [row] = await db.query<{ id: string }>(`select id from messages where customer = 'before-claim'`)
  const key = { customer: 'before-claim', id: row?.id ?? '' }
  expect(await stateOf(key)).toBe('queued')
  await sendMessage(world, key)
  await sendMessage(world, key)
  expect([await stateOf(key), timesTaken(key)]).toEqual(['sent', 1])
})

test.each(['connect', 'mail', 'rcpt'] as const)('ended at "%s", it waits for a person, who sends it', async (stage) => {
  const held = holdAt(stage)
  const key = await queue(`at-${stage}`)
  await held.reached
  await killWorker()
  held.goOn()
  await sendMessage(world, key)
  expect([await stateOf(key), timesTaken(key)]).toEqual(['uncertain', 0])
  sink.at.stage = async () => undefined
  expect((await ask('POST', `/v1/messages/${key.customer}/${key.id}/send`)).status).toBe(200)
  await sendMessage(world, key)
  expect([await stateOf(key), timesTaken(key)]).toEqual(['sent', 1])
})

test('ended before the answer to the whole message, it is not sent again', async () => {
  const held = holdAt('data')
  const key = await queue('before-answer')
  await held.reached
  await killWorker()
  held.goOn()
  await until(async () => timesTaken(key) === 1)
  await sendMessage(world, key)
  await sendMessage(world, key)
  expect([await stateOf(key), timesTaken(key)]).toEqual(['uncertain', 1])
})

test.skipIf(isCluster)(
  'ended between the answer and the note of it, it is not sent again, and a report of the provider settles it',
  async () => {
    const held = holdAt('data')
    const key = await queue('before-note')
    await held.reached
    await db.transaction(async (tx) => {
      await tx.query('select 1 from messages where customer = $1 for update', [key.customer])
      held.goOn()
      await until(
        async () => (await db.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)).length > 0,
      )
      await killWorker()
      await endWhoWaits()
    })
    await sendMessage(world, key)
    expect([await stateOf(key), timesTaken(key)]).toEqual(['uncertain', 1])
    const report = { outcome: 'delivered', messageId: `<${key.id}@firm.example>` }
    expect((await ask('POST', '/v1/mail/bounces', { body: report })).json).toEqual({ messages: 1 })
    expect([await stateOf(key), timesTaken(key)]).toEqual(['sent', 1])
  },
)
