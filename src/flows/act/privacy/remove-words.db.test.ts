import { afterAll, describe, expect, test } from 'vitest'
import { toldFirm } from '../../../../test/told-firm.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
import { verifyLog } from '../../ingest/verify-log.ts'
import { exitNumber, requestExit } from '../exits/request-exit.ts'
import { forgetSilent, planForgetting } from './forget-silent.ts'
import { removeWords } from './remove-words.ts'

const firm = await toldFirm()
const { db, world, ask, send, agent, lead, page, command, telling, later, delivered, toQuestion } = firm
afterAll(() => firm.sink.close())

const run = { signal: new AbortController().signal, progress: () => undefined }
const ago = (days: number): string => rfc3339(instant(firm.now() - days * DAY_MS))
const said = (customer: string, days: number, id: string, more: object = {}) => ({
  id,
  source: 'shop',
  customer,
  type: 'survey.commented',
  at: ago(days),
  data: { survey: id, text: `I was in hospital: ${id}.`, ...more },
})
const tells = async (...events: readonly object[]) => {
  const { json } = await ask('POST', '/v1/events', { body: events })
  return json
}
const wordsOf = async (customer: string) =>
  (await db.query<{ id: string }>('select id from prose where customer = $1 order by id', [customer])).map(
    ({ id }) => id,
  )
async function keepWords(wordsMonths: number | null): Promise<void> {
  const { json } = await ask('GET', '/v1/privacy-settings')
  const saved = await ask('PUT', '/v1/privacy-settings', { body: { ...json, wordsMonths } })
  expect(saved).toMatchObject({ status: 200, json: { wordsMonths } })
}
const countOf = async (statement: string, ...values: readonly unknown[]) =>
  (await db.query<{ n: number }>(`select count(*)::int as n from ${statement}`, values))[0]?.n
/** Mails are dated by the database, whose clock the test does not move. */
const datedToday = () => db.change('update messages set created_at = $1', [rfc3339(firm.now())])

const WORDS = /Had an operation|Uw operatie|Vandaag bezorgd/

test('nothing is removed unless the firm said so, a day ago or more', async () => {
  await tells(said('plain', 500, 'old'), said('plain', 100, 'new'))
  expect(await ask('GET', '/v1/privacy-settings/words?months=12')).toMatchObject({ json: { texts: 1, customers: 1 } })
  expect((await ask('GET', '/v1/privacy-settings/words?months=0')).status).toBe(400)
  expect(await removeWords(world, run)).toEqual({ looked: 0, removed: 0 })
  await keepWords(12)
  await planForgetting(world)
  expect(await removeWords(world, run)).toEqual({ looked: 0, removed: 0 })
  expect(await countOf(`tasks where kind = 'forget'`)).toBe(0)
  later(DAY_MS)
  await planForgetting(world)
  expect(await countOf(`tasks where kind = 'forget'`)).toBe(1)
  expect(await forgetSilent(world, run)).toEqual({ looked: 0, erased: 0 })
  expect(await removeWords(world, run)).toEqual({ looked: 1, removed: 1 })
  expect(await wordsOf('plain')).toEqual(['new'])
  expect(await removeWords(world, run)).toEqual({ looked: 1, removed: 0 })
  expect(await countOf(`audit_entries where action = 'customer.words-removed' and subject = 'plain'`)).toBe(1)
})

test('the log keeps all but the words: the same event is a repetition, other content under its id is refused, and a replay gives what is stored', async () => {
  const was = said('again', 500, 'again')
  await tells(was)
  await removeWords(world, run)
  expect(await wordsOf('again')).toEqual([])
  expect(await tells(was)).toMatchObject({ accepted: 0, repeated: 1, rejected: 0 })
  const other = { ...was, data: { ...was.data, survey: 'another' } }
  expect(await tells(other)).toMatchObject({ rejected: 1 })
  expect(await wordsOf('again')).toEqual([])
  expect((await verifyLog(world)).differences).toEqual([])
})

describe('what a case needs stays', () => {
  test('while it is open, from before it began; after it was closed, for as long as the firm says, all that was written in it', async () => {
    const { id } = await toQuestion('sick')
    await tells(said('sick', 1, 'heard', { failure: 'f-sick' }), said('sick', 400, 'before'), said('sick', 10, 'near'))
    expect((await command(id, { kind: 'note', text: 'Had an operation.' })).status).toBe(200)
    const letter = { letter: 'final_response', pack: 'own', found: 'Uw operatie.', done: 'Er komt een nieuwe.' }
    expect((await telling(id, { about: 'final.response', letter })).status).toBe(200)
    await delivered('sick')
    await datedToday()
    const evidence = async (query: string) => ask('GET', `/v1/cases/${id}/evidence${query}`, agent)
    expect(JSON.stringify((await evidence('')).json)).toMatch(WORDS)
    const wordless = (await evidence('?words=none')).json
    expect(JSON.stringify(wordless)).not.toMatch(WORDS)
    expect((wordless.entries as unknown[]).length).toBe(((await evidence('')).json.entries as unknown[]).length)
    expect((await evidence('?words=some')).status).toBe(400)
    expect((await send('GET', `/v1/cases/${id}/evidence.pdf?words=none`, agent)).status).toBe(200)

    later(500 * DAY_MS)
    await removeWords(world, run)
    expect(await wordsOf('sick')).toEqual(['heard', 'near'])
    expect(await page(id)).toMatchObject({ wordsGoneAt: null, told: { letters: [{ isKept: true }] } })
    for (const step of [
      { kind: 'confirm', satisfied: true },
      { kind: 'close', rootCause: 'vervoerder' },
    ])
      expect([step.kind, (await command(id, step, lead)).status]).toEqual([step.kind, 200])
    later(4 * DAY_MS)
    expect((await command(id, { kind: 'follow up', satisfied: true }, lead)).status).toBe(200)
    later(300 * DAY_MS)
    await removeWords(world, run)
    expect(await wordsOf('sick')).toEqual(['heard', 'near'])

    const before = await page(id)
    const [mail] = before.told.mails
    later(100 * DAY_MS)
    const [one, two] = await Promise.all([removeWords(world, run), removeWords(world, run)])
    expect(one.removed + two.removed).toBe(1)
    expect(await wordsOf('sick')).toEqual([])
    const after = await page(id)
    expect(after.wordsGoneAt).toBe(rfc3339(firm.now()))
    expect(JSON.stringify((await evidence('')).json)).not.toMatch(WORDS)
    // What was done, what was agreed, what went out and when: all of that is as it was.
    expect(after).toMatchObject({ revision: before.revision, remedy: before.remedy, rootCause: 'vervoerder' })
    const doneIn = ({ steps }: typeof after) => steps.map(({ step, standing, doneAt }) => [step, standing, doneAt])
    expect(doneIn(after)).toEqual(doneIn(before))
    expect(after.told.mails.map(({ id: name, kind, state }) => [name, kind, state])).toEqual(
      before.told.mails.map(({ id: name, kind, state }) => [name, kind, state]),
    )
    expect(after.told.letters.map(({ sha256, isKept }) => [sha256, isKept])).toEqual(
      before.told.letters.map(({ sha256 }) => [sha256, false]),
    )
    const [paper] = after.told.letters
    expect((await send('GET', `/v1/cases/${id}/letters/${paper?.id}`, agent)).status).toBe(404)
    expect(after.told.mails.every(({ subject, body }) => subject === '' && body === '')).toBe(true)
    // A mail without words is never sent again.
    await db.change(`update messages set state = 'failed' where id = $1`, [mail?.id])
    expect(await ask('POST', `/v1/messages/sick/${mail?.id}/send`, {})).toMatchObject({
      status: 409,
      json: { detail: 'Its words were removed.' },
    })
    expect((await removeWords(world, run)).removed).toBe(0)
    expect((await verifyLog(world)).differences).toEqual([])
  })

  test('and while the law may ask for it', async () => {
    const { id } = await toQuestion('law')
    await tells(said('law', 0, 'law', { failure: 'f-law' }))
    const since = rfc3339(firm.now())
    const regime = { kind: 'apply regime', pack: 'uk-fca-disp', event: 'complaint.received', since }
    expect((await command(id, regime)).status).toBe(200)
    expect((await command(id, { kind: 'confirm', satisfied: true })).status).toBe(200)
    expect((await command(id, { kind: 'close', rootCause: 'vervoerder' })).status).toBe(200)
    later(4 * DAY_MS)
    expect((await command(id, { kind: 'follow up', satisfied: true })).status).toBe(200)
    // Records of complaints are to be kept for three years from when they were received.
    later(3 * 365 * DAY_MS - 10 * DAY_MS)
    await removeWords(world, run)
    expect(await wordsOf('law')).toEqual(['law'])
    later(20 * DAY_MS)
    await removeWords(world, run)
    expect(await wordsOf('law')).toEqual([])
  })
})

test('an exit that runs, a request about data and an idea that waits for its answer keep their words', async () => {
  for (const customer of ['leaving', 'asking', 'idea'])
    await tells({
      id: `${customer} s`,
      source: 'shop',
      customer,
      type: 'subscription.started',
      at: ago(1),
      data: { subscription: 's' },
    })
  const left = await ask('POST', '/v1/exits', { body: { customer: 'leaving', kind: 'cancel', reason: 'I am ill.' } })
  expect(left.status).toBe(201)
  await tells(said('leaving', 3, 'leaving'), said('leaving', 400, 'long before'), said('asking', 3, 'asking'))
  await db.change(
    `insert into data_requests (customer, id, kind, language, words, asked_at, confirmed_at, due_at)
     values ('asking', 'r', 'correction', 'en', 'My illness.', $1, $1, $1)`,
    [ago(1)],
  )
  await tells({
    id: 'mine',
    source: 'shop',
    customer: 'idea',
    type: 'input.given',
    at: ago(1),
    data: { kind: 'idea', text: 'A ramp.' },
  })
  await datedToday()
  later(500 * DAY_MS)
  await removeWords(world, run)
  expect(await wordsOf('leaving')).toEqual(['leaving'])
  expect(await wordsOf('asking')).toEqual(['asking'])
  expect(await wordsOf('idea')).toEqual(['mine'])

  const ended = [ago(370)]
  await db.change(`update exits set ended_at = $1 where customer = 'leaving'`, ended)
  await db.change(`update data_requests set ended_at = $1 where customer = 'asking'`, ended)
  await db.change(`update ideas set state = 'done', answer = 'We built one.', changed_at = $1`, ended)
  await removeWords(world, run)
  for (const customer of ['leaving', 'asking', 'idea']) expect(await wordsOf(customer)).toEqual([])
  expect(await countOf(`exits where customer = 'leaving' and reason is null`)).toBe(1)
  expect(await countOf(`data_requests where customer = 'asking' and words is null`)).toBe(1)
  expect(await countOf('ideas where answer is null')).toBe(1)
  expect(await countOf(`messages where customer = 'leaving' and body <> ''`)).toBe(0)
})

test('why somebody left who was never recognised goes by itself', async () => {
  const reason = 'My faith.'
  const notice = { kind: 'cancel', channel: 'page', language: 'en', reference: 'nobody' } as const
  await requestExit(world, exitNumber(), { ...notice, name: null, email: null, reason, wishedOn: null })
  const unmatched = `exits where customer like 'unmatched:%' and reason is not null`
  expect(await countOf(unmatched)).toBe(1)
  later(500 * DAY_MS)
  await removeWords(world, run)
  expect(await countOf(unmatched)).toBe(0)
  expect((await verifyLog(world)).differences).toEqual([])
})
