import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { type SmtpSink, smtpAnswer, smtpSink } from '../../../../test/smtp-sink.ts'
import { testWorld } from '../../../../test/test-world.ts'
import { findBounce } from '../../../store/bounces.ts'
import { findMessage } from '../../../store/messages.ts'
import { queueMessage } from '../../queue-message.ts'
import type { World } from '../../world.ts'
import { sendMessage } from './send-message.ts'

const { db } = await freshDb()
const sink: SmtpSink = await smtpSink()
afterAll(() => sink.close())

const world: World = { ...testWorld(db), mail: { smtpUrl: sink.url, from: 'Service <service@firm.example>' } }

let customers = 0
beforeEach(() => {
  customers += 1
  sink.at.stage = async () => undefined
})

const queue = async (to = `c${customers}@example.org`, from: World = world) => {
  const wanted = {
    customer: `C-${customers}`,
    to,
    kind: 'exit.acknowledged',
    language: 'nl',
    timeZone: 'Europe/Amsterdam',
    values: { reference: 'E-1', content: 'Opzegging van het contract', received: '2026-03-06T14:05:00Z' },
    cause: 'exit E-1',
  } as const
  const queued = await db.transaction((tx) => queueMessage(from, tx, wanted))
  if (queued.kind !== 'queued' && queued.kind !== 'unconfigured') throw new Error(`not queued: ${queued.kind}`)
  return {
    customer: wanted.customer,
    id: queued.id,
    again: () => db.transaction((tx) => queueMessage(from, tx, wanted)),
  }
}
const stateOf = async ({ customer, id }: { customer: string; id: string }) => {
  const { state, attempts, problem } = (await findMessage(db, customer, id)) ?? { state: 'gone' }
  return { state, attempts, problem }
}
const jobsOf = async (id: string) =>
  db.query<{ start: Date }>(
    `select start_after as start from amends_jobs.job where data->>'id' = $1 order by created_on`,
    [id],
  )

describe('a message', () => {
  test('is written and its sending queued in the transaction of its cause, or neither', async () => {
    const failed = db.transaction(async (tx) => {
      await queueMessage(world, tx, {
        customer: 'C-rolled-back',
        to: 'a@example.org',
        kind: 'survey.invitation',
        language: 'en',
        timeZone: 'UTC',
        values: { what: 'a delivery', link: 'https://example.org/s' },
        cause: 'survey 1',
      })
      throw new Error('the cause failed')
    })
    await expect(failed).rejects.toThrow('the cause failed')
    expect(await db.query(`select 1 from messages where customer = 'C-rolled-back'`)).toEqual([])
    expect(await db.query(`select from amends_jobs.job where data->>'customer' = 'C-rolled-back'`)).toEqual([])
    const { id } = await queue()
    expect(await jobsOf(id)).toHaveLength(1)
  })

  test('goes out once, with a Message-ID of its own, as text and as HTML, in its language', async () => {
    const before = sink.taken.length
    const key = await queue()
    await sendMessage(world, key)
    await sendMessage(world, key)
    const mails = sink.taken.slice(before)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.messageId).toBe(`<${key.id}@firm.example>`)
    expect(mails[0]?.subject).toBe('Bevestiging van uw opzegging E-1')
    expect(mails[0]?.text).toContain('Ontvangen: 6 maart 2026 om 15:05 CET')
    expect(mails[0]?.html).toContain('<html lang="nl">')
    expect(await stateOf(key)).toEqual({ state: 'sent', attempts: 1, problem: null })
  })

  test('of one cause is written once', async () => {
    const key = await queue()
    expect(await key.again()).toEqual({ kind: 'known' })
  })

  test('is kept and not sent while no mail server is named', async () => {
    const before = sink.taken.length
    const key = await queue(undefined, { ...world, mail: undefined })
    await sendMessage(world, key)
    expect(await stateOf(key)).toMatchObject({ state: 'unconfigured', attempts: 0 })
    expect(sink.taken).toHaveLength(before)
  })

  test('that was not taken for now waits for its next try', async () => {
    sink.at.stage = async (stage) => {
      if (stage === 'rcpt') throw smtpAnswer(451, 'try later')
    }
    const key = await queue()
    await sendMessage(world, key)
    expect(await stateOf(key)).toMatchObject({
      state: 'queued',
      attempts: 1,
      problem: expect.stringContaining('try later'),
    })
    expect((await jobsOf(key.id)).at(-1)?.start.getTime()).toBe(world.now() + 60_000)
  })

  test('whose address is refused for good comes back, and nothing more goes to that address', async () => {
    sink.at.stage = async (stage) => {
      if (stage === 'rcpt') throw smtpAnswer(550, '5.1.1 no such user')
    }
    const key = await queue('gone@example.org')
    await sendMessage(world, key)
    expect(await stateOf(key)).toMatchObject({ state: 'bounced', problem: expect.stringContaining('no such user') })
    expect(await findBounce(db, 'gone@example.org')).toMatchObject({ customer: key.customer })
    customers += 1
    let connections = 0
    sink.at.stage = async () => {
      connections += 1
    }
    const other = await queue('gone@example.org')
    await sendMessage(world, other)
    expect(await stateOf(other)).toMatchObject({ state: 'bounced' })
    expect(connections).toBe(0)
  })

  test('refused by the rules of the mail server fails without marking the address', async () => {
    sink.at.stage = async (stage) => {
      if (stage === 'rcpt') throw smtpAnswer(550, '5.7.1 relaying denied')
    }
    const key = await queue('fine@example.org')
    await sendMessage(world, key)
    expect(await stateOf(key)).toMatchObject({ state: 'failed' })
    expect(await findBounce(db, 'fine@example.org')).toBeUndefined()
  })

  test('is given up when the mail server never answers at all', async () => {
    const nowhere: World = { ...world, mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'service@firm.example' } }
    const key = await queue(undefined, nowhere)
    for (let attempt = 1; attempt <= 9; attempt += 1) await sendMessage(nowhere, key)
    expect(await stateOf(key)).toMatchObject({ state: 'failed', attempts: 9 })
  })
})
