import { expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { testApi } from '../../../test/test-api.ts'
import type { Listening, SurveyAnswerList } from '../../contract/listening.ts'
import { DAY_MS, instant, rfc3339 } from '../../core/time/instant.ts'
import { addTeam } from '../../store/staff.ts'
import { addOccasion } from '../../store/survey-occasions.ts'

const { db } = await freshDb()
const now = instant(Date.UTC(2026, 5, 15, 12))
const { ask, asRole } = await testApi(db, { world: { now: () => now } })
const ago = (days: number) => rfc3339(instant(now - days * DAY_MS))

type Told = Readonly<{ id: string; customer: string; type: string; at: string; data: object }>

async function tell(...events: readonly Told[]): Promise<void> {
  const { status, json } = await ask('POST', '/v1/events', { body: { events } })
  expect([status, json.rejected]).toEqual([200, 0])
}

const event = (customer: string, id: string, type: string, daysAgo: number, data: object): Told => ({
  id,
  customer,
  type,
  at: ago(daysAgo),
  data,
})
const asked = (customer: string, survey: string, daysAgo: number, kind = 'ces') =>
  event(customer, `${survey} invited`, 'survey.invited', daysAgo, { survey, kind })
const answered = (customer: string, survey: string, daysAgo: number, score: number, more: object = {}) =>
  event(customer, `${survey} answered`, 'survey.answered', daysAgo, { survey, kind: 'ces', score, ...more })

const read = async (step = 'week'): Promise<Listening> =>
  (await ask('GET', `/v1/listening?step=${step}`)).json as unknown as Listening
const answers = async (query = '', as = {}): Promise<SurveyAnswerList['answers']> =>
  ((await ask('GET', `/v1/surveys/answers?${query}`, as)).json as unknown as SurveyAnswerList).answers

const people = Array.from({ length: 40 }, (_, place) => `p${place}`)

test('figures count who was asked and who answered, and nothing older than 180 days or taken back', async () => {
  expect((await read()).kinds).toEqual([])
  await tell(
    ...people.flatMap((one, place) => [
      event(one, 'profile', 'customer.profiled', 300, { segment: place < 36 ? 'homes' : 'shops' }),
      asked(one, `${one} now`, 20),
      ...(place < 36 ? [answered(one, `${one} now`, 19, place % 2 === 0 ? 6 : 4)] : []),
    ]),
    asked('p0', 'long ago', 200),
    answered('p0', 'long ago', 199, 1),
    answered('p1', 'a slip', 5, 1),
    event('p1', 'taken back', 'event.retracted', 4, { id: 'a slip answered' }),
    answered('p2', 'of nobody', 3, 5),
  )
  const { kinds, silence } = await read()
  expect(kinds).toMatchObject([
    { kind: 'ces', asked: 40, answered: 36, ratings: 37, response: { value: 0.9 }, teams: [] },
  ])
  expect(kinds[0]?.figure?.value).toBeCloseTo((18 * 6 + 18 * 4 + 5) / 37, 10)
  expect(kinds[0]?.distribution).toEqual([
    { score: 7, count: 0 },
    { score: 6, count: 18 },
    { score: 5, count: 1 },
    { score: 4, count: 18 },
    { score: 3, count: 0 },
    { score: 2, count: 0 },
    { score: 1, count: 0 },
  ])
  expect(kinds[0]?.periods).toHaveLength(26)
  expect(kinds[0]?.periods.at(-3)).toMatchObject({ asked: 40, answered: 36, ratings: 36 })
  expect(kinds[0]?.segments).toMatchObject([{ name: 'homes', ratings: 37 }])
  expect(silence).toEqual({ asked: 40, silent: 4, withOpen: 0 })
})

test('by month the same answers are told, those of long ago in their own month, and months are those of the wall', async () => {
  const { kinds, periodStarts } = await read('month')
  expect(periodStarts).toHaveLength(12)
  expect(periodStarts.at(-1)).toBe('2026-06-01T00:00:00.000Z')
  expect(kinds[0]?.periods.map(({ ratings }) => ratings)).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 36, 1])
  expect(kinds[0]).toMatchObject({ asked: 40, ratings: 37 })
})

test('a team is told of from five people and thirty ratings on', async () => {
  await addTeam(db, 'c0ffee00-0000-4000-8000-000000000001', 'Parcels')
  await tell(
    ...people.flatMap((one) => [
      event(one, 'handled', 'contact.handled', 12, { contact: 'call', team: 'Parcels' }),
      answered(one, `${one} call`, 11, 5, { contact: 'call' }),
    ]),
  )
  expect((await read()).kinds[0]?.teams).toEqual([])
  for (let person = 0; person < 5; person += 1) {
    await db.query(`insert into people (email, name, role) values ($1, 'Simulated', 'agent')`, [
      `t${person}@example.org`,
    ])
  }
  await db.query(
    `insert into team_members (team, person) select 'c0ffee00-0000-4000-8000-000000000001', id from people where email like 't%@example.org'`,
  )
  expect((await read()).kinds[0]?.teams).toMatchObject([{ name: 'Parcels', ratings: 40 }])
})

test('people who stop complaining while as much goes wrong raise an alarm', async () => {
  const failure = (place: number, week: number, who: string) =>
    event(`f${place}`, `failure ${week}`, 'failure.occurred', 15 + week * 7, {
      failure: `F${week}`,
      severity: 'minor',
      detectedBy: who,
    })
  const call = (place: number, week: number) =>
    event(`f${place}`, `call ${week}`, 'contact.opened', 14 + week * 7, { contact: `C${week}`, direction: 'in' })
  const weeks = Array.from({ length: 16 }, (_, week) => week)
  await tell(
    ...weeks.flatMap((week) =>
      Array.from({ length: 12 }, (_, place) =>
        failure(place, week, week >= 4 && place < 6 ? 'customer' : 'operations'),
      ),
    ),
    ...weeks.filter((week) => week >= 4).flatMap((week) => [call(6, week), call(7, week)]),
  )
  const { complaints } = await read()
  expect(complaints.weeks.at(-1)).toEqual({ failures: 12, complaints: 0 })
  expect(complaints.weeks.at(-6)).toEqual({ failures: 12, complaints: 8 })
  expect(complaints.trend).toBe('gave-up')
  expect((await read()).silence.withOpen).toBe(0)
})

test('who is never asked is compared by what they did, and too few are told as such', async () => {
  expect((await read()).neverAsked).toMatchObject({ share: 0.05, left: null, bought: null })
  const groups = [
    ['asked', 120],
    ['never-asked', 110],
  ] as const
  for (const [outcome, size] of groups) {
    const customers = Array.from({ length: size }, (_, place) => `${outcome}-${place}`)
    await tell(
      ...customers.map((one, place) =>
        event(one, 'order', 'order.placed', place < 40 ? 60 : 140, { order: 'O', value: 100, currency: 'EUR' }),
      ),
    )
    for (const customer of customers) {
      const at = instant(now - 120 * DAY_MS)
      const one = { customer, occasion: 'first', rule: 'test', kind: 'ces', at, outcome, because: null } as const
      expect(await addOccasion(db, { ...one, probability: 0.05, survey: null })).toBe(true)
      expect(await addOccasion(db, { ...one, probability: 0.05, survey: null })).toBe(false)
    }
  }
  const { neverAsked } = await read()
  expect(neverAsked.asked).toEqual({ customers: 120, left: 0, bought: 40 })
  expect(neverAsked.neverAsked).toEqual({ customers: 110, left: 0, bought: 40 })
  expect(neverAsked.left).toBeNull()
  expect(neverAsked.bought?.value).toBeCloseTo(40 / 120 - 40 / 110, 10)
})

test('a bad answer opens a case, one to a recovery opens it again, and each leads there', async () => {
  await tell(
    answered('bad', 'nps', 0.2, 3, { kind: 'nps', text: 'Nobody called back.' }),
    answered('fine', 'nps', 0.2, 10, { kind: 'nps' }),
    answered('hard', 'ces', 0.3, 2),
    event('again', 'failure', 'failure.occurred', 0.5, { failure: 'F-1', severity: 'minor' }),
    event('again', 'fixed', 'failure.fixed', 0.4, { failure: 'F-1' }),
  )
  await tell(answered('again', 'recovery', 0.1, 1, { kind: 'recovery', failure: 'F-1', text: 'It came back.' }))
  const [newest, ...others] = await answers('which=bad&limit=3')
  expect(newest).toMatchObject({ customer: 'again', kind: 'recovery', score: 1, isBad: true, text: 'It came back.' })
  expect(newest?.case?.opened).toBe(false)
  expect(others).toMatchObject([
    { customer: 'bad', score: 3, text: 'Nobody called back.', case: { opened: true } },
    { customer: 'hard', score: 2, text: null, case: { opened: true } },
  ])
  const { json } = await ask('GET', `/v1/cases/${newest?.case?.id}`)
  expect(json).toMatchObject({ isOpen: true, failedRounds: 1 })
  expect((await answers('kind=nps')).map(({ customer, isBad }) => [customer, isBad])).toEqual([
    ['fine', false],
    ['bad', true],
  ])
})

test('what was written and cases are told to those who read cases, figures to those who read surveys', async () => {
  const [told] = await answers('which=bad&limit=1', await asRole('marketer'))
  expect(told).toMatchObject({ text: null, case: null })
  expect((await ask('GET', '/v1/listening', await asRole('finance'))).status).toBe(403)
})
