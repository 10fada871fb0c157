import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { type DoerOrder, type Doing, does } from '../../../../test/doer.ts'
import { databaseOn } from '../../../../test/engine.ts'
import { pinnedNode, projectRoot, until } from '../../../../test/started-app.ts'
import { tell } from '../../../../test/tell.ts'
import { toldFirm } from '../../../../test/told-firm.ts'
import { contactPolicyAtFirst } from '../../../core/contact/contact-policy.ts'
import { askingRulesAtFirst } from '../../../core/listening/asking-rules.ts'
import { privacyAtFirst } from '../../../core/privacy/privacy.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
import { savePolicy } from '../../../store/policies.ts'
import { savePrivacySettings } from '../../../store/privacy-settings.ts'
import { takeTask } from '../../../store/tasks.ts'
import { verifyLog } from '../../ingest/verify-log.ts'

/**
 * A process is killed between two steps of what it does: where it first comes to a table it is stopped by a lock, ended
 * by SIGKILL, and its session with it. What it did not end, another ends, once.
 */

const { connectionString, isCluster } = inject('testEngine')
const firm = await toldFirm()
const { db, world, ask, lead, page, telling, delivered, pathIn, later, voucherAndGrinder } = firm
const [here] = await db.query<{ name: string }>('select current_database() as name')
const ownUrl = databaseOn(connectionString, here?.name ?? '')
const holder = new pg.Client({ connectionString: ownUrl })
await holder.connect()
afterAll(async () => {
  await holder.end()
  await firm.sink.close()
})

/** Does it in a process of its own, and kills that as soon as it waits for what `lock` holds. */
async function killed(doing: Doing, lock: string): Promise<void> {
  await holder.query('begin')
  await holder.query(lock)
  const order: DoerOrder = { connectionString: ownUrl, now: firm.now(), doing }
  const doer = spawn(pinnedNode, [join(projectRoot, 'test/doer.ts')], { stdio: ['pipe', 'ignore', 2] })
  doer.stdin?.end(JSON.stringify(order))
  const ended = once(doer, 'exit')
  // Asked over another connection: one in a transaction sees who waits as of its first look.
  const waiting = `from pg_stat_activity where application_name = 'amends doer' and wait_event_type = 'Lock'`
  await until(
    async () => {
      if (doer.exitCode !== null) throw new Error(`it ended before it came to: ${lock}`)
      return (await db.query(`select 1 ${waiting}`)).length > 0
    },
    { seconds: 120 },
  )
  doer.kill('SIGKILL')
  await ended
  await db.query(`select pg_terminate_backend(pid) ${waiting}`)
  await until(async () => (await db.query(`select 1 ${waiting}`)).length === 0)
  await holder.query('rollback')
}
const atTable = (table: string) => `lock table ${table} in exclusive mode`
const countOf = async (statement: string, ...values: readonly unknown[]) =>
  (await db.query<{ n: number }>(`select count(*) as n from ${statement}`, values))[0]?.n
const twice = async (doing: Doing) => {
  await does(world, doing)
  await does(world, doing)
}

describe.skipIf(isCluster)('killed', { timeout: 300_000 }, () => {
  test('between what the rules say and the mail, somebody is asked once', async () => {
    const note = { was: 0, note: '', author: 'test' }
    await savePolicy(db, 'contact', { ...note, body: { ...contactPolicyAtFirst, neverAskedShare: 0 } })
    const rules = structuredClone(askingRulesAtFirst) as { rules: Record<string, object> }
    Object.assign(rules.rules['order delivered'] ?? {}, { on: true, restDays: 0 })
    await savePolicy(db, 'asking', { ...note, body: rules as never })
    for (const table of ['messages', 'relationships']) {
      const customer = `asked-${table}`
      const at = (days: number) => rfc3339(instant(firm.now() - days * DAY_MS))
      await tell(world, [
        { customer, type: 'customer.profiled', at: at(9), data: { email: `${customer}@example.org` } },
        { customer, type: 'consent.changed', at: at(9), data: { channel: 'email', purpose: 'survey', granted: true } },
        { customer, type: 'order.delivered', at: at(0), data: { order: 'o' } },
      ])
      later(4 * DAY_MS)
      await killed({ kind: 'ask by rules' }, atTable(table))
      const asked = async () => [
        await countOf(`events where customer = $1 and type = 'survey.invited'`, customer),
        await countOf('messages where customer = $1', customer),
      ]
      expect([table, await asked()]).toEqual([table, [0, 0]])
      await twice({ kind: 'ask by rules' })
      expect([table, await asked()]).toEqual([table, [1, 1]])
    }
  })

  test('between reserving and redeeming, a voucher moves once', async () => {
    await tell(world, [
      { customer: 'till', type: 'order.placed', at: rfc3339(firm.now()), data: { order: 'o', value: 1 } },
    ])
    const { json } = await ask('POST', '/v1/vouchers', {
      body: { customer: 'till', value: 9_000, currency: 'EUR', origin: 'paid', expiresAt: firm.inDays(30) },
    })
    const id = String((json.voucher as { id: string }).id)
    const read = async () => {
      const { voucher } = (await ask('GET', `/v1/vouchers/${id}`)).json as { voucher: { free: number; left: number } }
      return [voucher.left, voucher.free]
    }
    const made = await ask('POST', '/v1/keys', {
      ...(await firm.asRole('admin')),
      body: { name: 'till', scopes: ['operate', 'redeem'] },
    })
    const sent = { 'content-type': 'application/json', host: 'amends.test', authorization: `Bearer ${made.json.key}` }
    const post = (to: string, body: object): Doing => ({
      kind: 'request',
      path: `/v1/vouchers/${id}/${to}`,
      headers: sent,
      body: JSON.stringify(body),
    })
    let left = 9_000
    for (const table of ['voucher_transfers', 'relationships']) {
      const reserve = post('reserve', { value: 1_000, minutes: 15, movement: `hold-${table}` })
      const redeem = post('redeem', { value: 1_000, hold: `hold-${table}`, movement: `use-${table}` })
      if (table.startsWith('voucher')) {
        await killed(reserve, atTable(table))
        expect([table, await read()]).toEqual([table, [left, left]])
      }
      await twice(reserve)
      expect([table, await read()]).toEqual([table, [left, left - 1_000]])
      await killed(redeem, atTable(table))
      expect([table, await read()]).toEqual([table, [left, left - 1_000]])
      await twice(redeem)
      left -= 1_000
      expect([table, await read()]).toEqual([table, [left, left]])
    }
    expect(await countOf(`events where customer = 'till' and type = 'voucher.redeemed'`)).toBe(2)
  })

  test('between the remedy that was chosen and what is promised with it, it is agreed once', async () => {
    for (const table of ['case_entries', 'vouchers', 'relationships']) {
      const customer = `chose-${table.replaceAll('_', '-')}`
      const id = await firm.toOffer(customer)
      const offer = voucherAndGrinder()
      expect((await telling(id, { about: 'remedy.choice', offer })).status).toBe(200)
      const [offered] = await delivered(customer)
      const due = offer.choices[0]?.fixBy
      const choose: Doing = {
        kind: 'request',
        path: `${pathIn(offered?.text, 'remedy')}?lang=nl`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'amends.test' },
        body: 'choice=0',
      }
      await killed(choose, atTable(table))
      const stands = async () => {
        const { remedy, told } = await page(id)
        return [
          remedy?.what ?? null,
          told.offers.map(({ state }) => state),
          await countOf(`case_entries where customer = $1 and kind = 'remedy agreed'`, customer),
          await countOf(`events where customer = $1 and type = 'promise.made' and data ->> 'due' = $2`, customer, due),
          await countOf('vouchers where customer = $1', customer),
          await countOf(`messages where customer = $1 and kind = 'remedy.chosen'`, customer),
        ]
      }
      expect([table, await stands()]).toEqual([table, [null, ['open'], 0, 0, 0, 0]])
      await twice(choose)
      expect([table, await stands()]).toEqual([table, ['Een nieuwe molen', ['chosen'], 1, 1, 1, 1]])
    }
  })

  test('in the middle of a step for all cases of an incident, each is done once', async () => {
    const customers = Array.from({ length: 6 }, (_, nth) => `hit${nth}`)
    const at = rfc3339(instant(firm.now() - DAY_MS))
    await tell(
      world,
      customers.map((customer) => ({ customer, type: 'order.placed', at, data: { order: 'o', value: 1 } })),
    )
    const opened = await ask('POST', '/v1/incidents', {
      ...lead,
      body: {
        title: 'No network',
        category: 'outage',
        severity: 'major',
        beganAt: at,
        affected: { kind: 'keys', customers },
      },
    })
    const next = async (): Promise<Doing> => ({ kind: 'step for all', task: (await takeTask(db))?.id ?? '' })
    const add = await next()
    await killed(add, `select 1 from relationships where customer = 'hit3' for update`)
    await twice(add)
    expect(await countOf('cases where incident is not null')).toBe(6)
    await db.change(`update tasks set state = 'done' where kind = 'incident'`)
    const body = { kind: 'acknowledge' }
    expect((await ask('POST', `/v1/incidents/${opened.json.id}/steps`, { ...lead, body })).status).toBe(202)
    const all = await next()
    await killed(all, `select 1 from cases where customer = 'hit4' for update`)
    const done = `case_entries where kind = 'acknowledged' and customer like 'hit%'`
    expect(await countOf(done)).toBeGreaterThan(0)
    expect(await countOf(done)).toBeLessThan(6)
    await twice(all)
    expect(await countOf(done)).toBe(6)
  })

  test('while it removes words, of each customer all that is old or nothing', async () => {
    const customers = ['wordy1', 'wordy2', 'wordy3']
    const at = rfc3339(instant(firm.now() - 500 * DAY_MS))
    const said = (customer: string) => ({
      ...{ customer, id: `said ${customer}`, type: 'survey.commented', at },
      data: { survey: 's', text: 'My illness.' },
    })
    await tell(world, customers.map(said))
    await db.change(
      `insert into data_requests (customer, id, kind, language, words, asked_at, confirmed_at, due_at, ended_at)
       select customer, 'r', 'access', 'en', 'My illness.', $2, $2, $2, $2 from unnest($1::text[]) as t (customer)`,
      [customers, at],
    )
    const settings = { ...privacyAtFirst, wordsMonths: 12, keptSaidAt: null }
    await savePrivacySettings(db, { ...settings, wordsSaidAt: instant(firm.now() - 2 * DAY_MS) })
    const left = async () => [
      await countOf(`prose where customer like 'wordy%'`),
      await countOf(`data_requests where customer like 'wordy%' and words is not null`),
      await countOf(`audit_entries where action = 'customer.words-removed' and subject like 'wordy%'`),
    ]
    await killed({ kind: 'remove words' }, `select 1 from data_requests where customer = 'wordy2' for update`)
    expect(await left()).toEqual([2, 2, 1])
    await killed({ kind: 'remove words' }, 'select 1 from audit_head for update')
    expect(await left()).toEqual([2, 2, 1])
    await twice({ kind: 'remove words' })
    expect(await left()).toEqual([0, 0, 3])
    await expect(tell(world, customers.map(said))).rejects.toThrow('repeated')
    expect((await verifyLog(world)).differences).toEqual([])
  })

  test('while it makes the copy of somebody’s data, there is one copy and one mail', async () => {
    for (const table of ['messages', 'data_requests']) {
      const customer = `copy-${table}`
      await firm.letDown(customer)
      await db.change(
        `insert into data_requests (customer, id, kind, language, asked_at, confirmed_at, decided_at, due_at)
         values ($1, $2, 'access', 'nl', $3, $3, $3, $4)`,
        [customer, `D-${table}`, rfc3339(firm.now()), firm.inDays(30)],
      )
      const copy: Doing = { kind: 'hand over data', customer, id: `D-${table}` }
      await killed(copy, atTable(table))
      const made = async () => [
        await countOf('data_packs where customer = $1', customer),
        await countOf(`messages where customer = $1 and kind = 'data.pack'`, customer),
        await countOf('data_requests where customer = $1 and ended_at is not null', customer),
      ]
      expect([table, await made()]).toEqual([table, [0, 0, 0]])
      await twice(copy)
      expect([table, await made()]).toEqual([table, [1, 1, 1]])
    }
  })

  test('whatever was killed, the replay of the log agrees', async () => {
    expect((await verifyLog(world)).differences).toEqual([])
  })
})
