import { expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { sendForm } from '../../../../test/leave-by-page.ts'
import { testApi } from '../../../../test/test-api.ts'
import type { SurveyInvitation } from '../../../contract/surveys.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/instant.ts'
import { surveyKinds } from '../../../core/survey.ts'
import { listMessages } from '../../../store/messages.ts'
import { readSaved } from '../../../store/relationships.ts'

const { db } = await freshDb()
let now = Date.UTC(2026, 5, 2, 12)
const { ask, send } = await testApi(db, {
  world: { now: () => instant(now), publicUrl: 'https://service.example.org' },
})

async function customer(key: string, events: readonly object[] = []): Promise<void> {
  const at = rfc3339(instant(now - 60 * DAY_MS))
  const body = [
    {
      id: 'profile',
      customer: key,
      type: 'customer.profiled',
      at,
      data: { email: `${key}@example.org`, locale: 'nl' },
    },
    {
      id: 'consent',
      customer: key,
      type: 'consent.changed',
      at,
      data: { channel: 'email', purpose: 'survey', granted: true },
    },
    ...events.map((event, place) => ({ id: `event ${place}`, customer: key, at, ...event })),
  ]
  expect((await ask('POST', '/v1/events', { body })).status).toBe(200)
}

const invite = async (key: string, kind = 'ces', more: object = {}): Promise<SurveyInvitation> => {
  const { json } = await ask('POST', '/v1/surveys/invitations', { body: { customer: key, kind, ...more } })
  return json as SurveyInvitation
}

const answersOf = async (key: string) =>
  (
    await db.query<{ data: unknown }>(`select data from events where customer = $1 and type = 'survey.answered'`, [key])
  ).map(({ data }) => data)

/** Customers whom the policy lets us ask: one in twenty is never asked, whoever that is. */
async function askable(name: string, kind = 'ces', more: object = {}, events: readonly object[] = []) {
  for (let each = 0; ; each += 1) {
    const key = `${name}-${each}`
    await customer(key, events)
    const invited = await invite(key, kind, more)
    if (invited.invited) return { key, invited, path: invited.path ?? '' }
    expect(invited).toMatchObject({ survey: null, path: null, mailed: false, rules: ['never-asked'] })
  }
}

test('an invitation goes by mail with a link, and one tap on it is the answer', async () => {
  const { key, path, invited } = await askable('one')
  const [mail] = await listMessages(db, { state: null, before: null, limit: 9, customer: key })
  expect(mail?.body).toContain(`https://service.example.org${path}`)
  const question = await (await send('GET', path, { key: null })).text()
  expect(question).toContain('Hoe makkelijk hebben wij het u gemaakt?')
  expect(question.match(/<button class="tap"/g)).toHaveLength(7)
  const thanks = await (await sendForm(send, path, { item0: '2' })).text()
  expect(thanks).toContain('Uw antwoord: 2')
  expect(thanks).toContain('Dat was niet goed genoeg.')
  expect(await answersOf(key)).toEqual([{ survey: invited.survey, kind: 'ces', score: 2 }])
  expect((await readSaved(db, [key])).get(key)?.state?.facts.effort).toMatchObject({ given: 2 })
})

test('the first answer counts, however many come at once', async () => {
  const { key, path } = await askable('once')
  const pages = await Promise.all(['1', '7', '4'].map(async (item0) => (await sendForm(send, path, { item0 })).text()))
  expect(new Set(pages).size).toBe(1)
  expect(await answersOf(key)).toHaveLength(1)
  expect(await (await send('GET', path, { key: null })).text()).toContain('Uw antwoord')
})

test('nobody is asked again within the rest, also by two who ask at once', async () => {
  const { key } = await askable('rest')
  expect(await invite(key, 'nps')).toMatchObject({ invited: false, rules: ['survey-rest'] })
  now += 200 * DAY_MS
  const both = await Promise.all([invite(key, 'nps'), invite(key, 'csat')])
  expect(both.map(({ invited }) => invited).sort()).toEqual([false, true])
})

test('who said no to surveys is not asked', async () => {
  await customer('objects', [
    {
      type: 'consent.changed',
      data: { channel: 'email', purpose: 'survey', granted: false },
      at: rfc3339(instant(now - DAY_MS)),
    },
  ])
  expect(await invite('objects')).toMatchObject({ invited: false, mailed: false })
  expect(
    (await ask('POST', '/v1/surveys/invitations', { body: { customer: 'nobody', kind: 'ces' } })).json,
  ).toMatchObject({
    code: 'customer-unknown',
  })
})

test('every kind has its question in three languages, and its answer is taken', async () => {
  for (const kind of surveyKinds) {
    const { key, path } = await askable(`kind-${kind}`, kind)
    const pages = await Promise.all(
      ['en', 'nl', 'ru'].map(async (lang) =>
        (await send('GET', path.replace('lang=nl', `lang=${lang}`), { key: null })).text(),
      ),
    )
    expect(new Set(pages.map((html) => /<h1>(.*)<\/h1>/.exec(html)?.[1])).size).toBe(3)
    expect((await sendForm(send, path, { item0: '5' })).status).toBe(kind === 'attachment' ? 422 : 200)
    await sendForm(send, path, { item0: '5', item1: '5', item2: '6' })
    expect(await answersOf(key)).toMatchObject([{ kind, score: kind === 'attachment' ? 5.33 : 5 }])
  }
})

test('an answer to a recovery names its failure', async () => {
  const failure = { type: 'failure.occurred', data: { failure: 'F-1', severity: 'minor' } }
  const fixed = { type: 'failure.closed', data: { failure: 'F-1', fixed: true } }
  const { key, path } = await askable('recovery', 'recovery', { failure: 'F-1' }, [failure, fixed])
  await sendForm(send, path, { item0: '1' })
  expect(await answersOf(key)).toMatchObject([{ kind: 'recovery', failure: 'F-1', score: 1 }])
})

test('a link that was changed or is over, and an answer off the scale, change nothing', async () => {
  const { key, path } = await askable('hostile')
  for (const item0 of ['0', '8', '-1', '1e1', '2.5', 'x'.repeat(3_000), '<script>', ''])
    expect((await sendForm(send, path, { item0 })).status).toBe(422)
  expect((await sendForm(send, path, { item0: 'x'.repeat(9_000) })).status).toBe(400)
  expect((await sendForm(send, path.replace('/survey/', '/survey/x'), { item0: '5' })).status).toBe(410)
  now += 31 * DAY_MS
  expect((await sendForm(send, path, { item0: '5' })).status).toBe(410)
  expect(await answersOf(key)).toEqual([])
})
