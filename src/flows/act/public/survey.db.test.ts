import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { sendForm } from '../../../../test/leave-by-page.ts'
import { testApi } from '../../../../test/test-api.ts'
import type { CaseList } from '../../../contract/cases.ts'
import type { SurveyAnswerList } from '../../../contract/listening.ts'
import type { SurveyInvitation } from '../../../contract/surveys.ts'
import { surveyKinds } from '../../../core/listening/survey.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
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
    expect(invited).toMatchObject({ survey: null, path: null, url: null, mailed: false, rules: ['never-asked'] })
  }
}

test('an invitation goes by mail with a link, and one tap on it is the answer', async () => {
  const { key, path, invited } = await askable('one')
  const [mail] = await listMessages(db, { state: null, before: null, limit: 9, customer: key })
  expect(invited.url).toBe(`https://service.example.org${path}`)
  expect(mail?.body).toContain(invited.url)
  const question = await (await send('GET', path, { key: null })).text()
  expect(question).toContain('Hoe makkelijk hebben wij het u gemaakt?')
  expect(question.match(/<button class="tap"/g)).toHaveLength(7)
  const thanks = await (await sendForm(send, path, { item0: '2' })).text()
  expect(thanks).toContain('Uw antwoord: 2')
  expect(thanks).toContain('Dat was niet goed genoeg.')
  expect(await answersOf(key)).toEqual([{ survey: invited.survey, kind: 'ces', score: 2 }])
  expect((await readSaved(db, [key])).get(key)?.state?.facts.effort).toMatchObject({ given: 2 })
})

test('the mail holds the scale as links, and a link that is followed answers nothing until it is sent', async () => {
  const { key, path } = await askable('scale', 'nps')
  const [mail] = await listMessages(db, { state: null, before: null, limit: 9, customer: key })
  const links = [...(mail?.html ?? '').matchAll(/href="[^"]*(\/survey\/[^"]*score=(\d+))"/g)]
  expect(links.map(([, , score]) => score)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
  expect(mail?.body).toContain(`10 heel waarschijnlijk: https://service.example.org${path}&score=10`)
  for (const [, link = ''] of links) {
    const page = await (await send('GET', link.replaceAll('&amp;', '&'), { key: null })).text()
    expect(page.match(/<button class="tap"/g)).toHaveLength(10)
  }
  expect(await answersOf(key)).toEqual([])
  const chosen = await (await send('GET', `${path}&score=9`, { key: null })).text()
  expect(chosen).toContain('U koos 9. Het telt zodra u het verstuurt.')
  expect(chosen).toMatch(/<button name="item0" value="9">9 versturen/)
  expect(chosen).toContain('?score=9&amp;lang=ru')
  for (const score of ['11', '-1', 'x', '9e0'])
    expect(await (await send('GET', `${path}&score=${score}`, { key: null })).text()).not.toContain('U koos')
  await sendForm(send, path, { item0: '9' })
  expect(await (await send('GET', `${path}&score=0`, { key: null })).text()).toContain('Uw antwoord: 9')
})

test('an invitation is seen before it goes, with the reason where it may not, and nothing is stored by that', async () => {
  await customer('seen')
  const look = (body: object) => ask('POST', '/v1/surveys/invitations/preview?lang=ru', { body })
  const { json } = await look({ customer: 'seen', kind: 'nps' })
  expect(json).toMatchObject({ way: 'open', to: 'seen@example.org', language: 'nl', subject: 'Een vraag over ons' })
  expect(json.body).toContain('&score=10')
  const no = { channel: 'email', purpose: 'survey', granted: false }
  const event = { id: 'no', customer: 'seen', type: 'consent.changed', at: rfc3339(instant(now)), data: no }
  await ask('POST', '/v1/events', { body: event })
  const { json: refused } = await look({ customer: 'seen', kind: 'nps' })
  expect(refused.allowed).toBe(false)
  const said = { rule: 'objection', reason: expect.stringMatching(/[а-я]/), until: null }
  expect(refused.spoke).toEqual(expect.arrayContaining([said]))
  expect((await look({ customer: 'nobody', kind: 'nps' })).status).toBe(404)
  expect(await listMessages(db, { state: null, before: null, limit: 9, customer: 'seen' })).toEqual([])
})

test('words are added to an answer once, are listed with it, and go when the customer is forgotten', async () => {
  const { key, path } = await askable('words', 'csat')
  expect((await sendForm(send, path, { text: 'Too early.' })).status).toBe(422)
  expect(await (await sendForm(send, path, { item0: '2' })).text()).toContain('Wat ging er mis?')
  for (const text of [' ', 'x'.repeat(2_001)]) expect((await sendForm(send, path, { text })).status).toBe(422)
  const added = await (await sendForm(send, path, { text: 'Nobody <b>called</b>.' })).text()
  expect(added).toContain('Toegevoegd.')
  expect(await (await sendForm(send, path, { text: 'Again.' })).text()).toContain('Toegevoegd.')
  const listed = async () => {
    const { json } = await ask('GET', '/v1/surveys/answers?kind=csat&limit=200')
    return (json as SurveyAnswerList).answers.find(({ customer: of }) => of === key)?.text
  }
  expect(await listed()).toBe('Nobody <b>called</b>.')
  expect((await ask('DELETE', `/v1/customers/${key}`)).status).toBe(200)
  expect(await listed()).toBeNull()
  expect((await sendForm(send, path, { text: 'Once more.' })).status).toBe(410)
  expect(await listed()).toBeNull()
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
  expect((await sendForm(send, path, { item0: 'x'.repeat(17_000) })).status).toBe(400)
  expect((await sendForm(send, path.replace('/survey/', '/survey/x'), { item0: '5' })).status).toBe(410)
  now += 31 * DAY_MS
  expect((await sendForm(send, path, { item0: '5' })).status).toBe(410)
  expect(await answersOf(key)).toEqual([])
})

describe('a bad answer from the page', () => {
  const casesOf = async (key: string) => {
    const { json } = await ask('GET', '/v1/cases')
    return (json as CaseList).cases.filter(({ customer: whose }) => whose === key)
  }

  test('opens a case, once, and a good one does not', async () => {
    const bad = await askable('bad', 'csat')
    await sendForm(send, bad.path, { item0: '1' })
    await sendForm(send, bad.path, { item0: '1' })
    expect(await casesOf(bad.key)).toMatchObject([{ category: 'bad rating' }])
    const good = await askable('good', 'csat')
    await sendForm(send, good.path, { item0: '5' })
    expect(await casesOf(good.key)).toEqual([])
  })

  test('about a failure that was put right opens its case again', async () => {
    const at = (days: number) => rfc3339(instant(now - days * DAY_MS))
    const { key, path } = await askable('again', 'recovery', { failure: 'f' }, [
      { at: at(2), type: 'failure.occurred', data: { failure: 'f', severity: 'major', category: 'billing' } },
      { at: at(1), type: 'failure.fixed', data: { failure: 'f' } },
      { at: at(1), type: 'failure.closed', data: { failure: 'f', fixed: true } },
    ])
    expect(await casesOf(key)).toMatchObject([{ failedRounds: 0 }])
    await sendForm(send, path, { item0: '1', item1: '1', item2: '1', item3: '1' })
    expect(await casesOf(key)).toMatchObject([{ category: 'billing', failedRounds: 1 }])
  })
})

test('a kind of question that there is none of is refused with all there are', async () => {
  const refused = await ask('POST', '/v1/surveys/invitations', { body: { customer: 'whoever', kind: 'happiness' } })
  expect(refused).toMatchObject({ status: 400, json: { pointer: '/kind' } })
  for (const kind of surveyKinds) expect(refused.json.detail).toContain(`"${kind}"`)
})
