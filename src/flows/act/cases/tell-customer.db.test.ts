import { inflateSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { smtpAnswer } from '../../../../test/smtp-sink.ts'
import { toldFirm } from '../../../../test/told-firm.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
import { readSaved } from '../../../store/relationships.ts'
import { verifyLog } from '../../ingest/verify-log.ts'
import { endOffer } from './choose-remedy.ts'
import { watchClocks } from './watch-clocks.ts'

/** What the customer of a case is told and answers. */

const firm = await toldFirm()
const {
  db,
  sink,
  world,
  ask,
  send,
  agent,
  lead,
  later,
  inDays,
  letDown,
  page,
  command,
  telling,
  delivered,
  pathIn,
  look,
  answer,
  voucherAndGrinder,
  toOffer,
  toQuestion,
} = firm
afterAll(() => firm.sink.close())
beforeEach(() => {
  firm.sink.at.stage = async () => undefined
})

describe('what is told', () => {
  test('is the step and its mail: who owns it and by when she hears, which enters the ledger as a promise', async () => {
    const id = await letDown('ack')
    const preview = await ask('POST', `/v1/cases/${id}/tellings/preview`, {
      ...agent,
      body: { about: 'case.acknowledged', what: 'de koffiemolen' },
    })
    expect(preview.json).toMatchObject({
      way: 'open',
      to: 'ack@example.org',
      language: 'nl',
      promises: [],
      refusal: null,
    })
    expect(preview.json.after).toMatchObject({
      done: ['acknowledge'],
      owed: expect.arrayContaining([{ step: 'own', dueAt: preview.json.until }]),
    })
    expect((await page(id)).told.mails).toEqual([])
    expect((await telling(id, { about: 'case.acknowledged', what: 'de koffiemolen' })).status).toBe(200)
    const [got] = await delivered('ack')
    expect(got?.text).toContain('Het gaat om de koffiemolen')
    expect(got?.text).toContain(id)
    expect(preview.json.body).toContain(/U hoort van ons vóór .*\./.exec(got?.text ?? '')?.[0])
    const seen = await page(id)
    expect(seen.told).toMatchObject({
      about: 'de koffiemolen',
      promises: [{ promise: 'answer', keptAt: null }],
      mails: [{ kind: 'case.acknowledged', state: 'sent' }],
    })
    expect(seen.steps[0]).toMatchObject({ step: 'acknowledge', standing: 'done' })
    expect(seen.story.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^Let down/),
      'Failure acknowledged',
      expect.stringMatching(/^An answer promised by \d/),
      'Told by e-mail: the report was received',
    ])
    const status = await look(`${pathIn(got?.text, 'case')}?lang=nl`)
    expect(status.text).toContain('Een mens kijkt ernaar.')
    expect(status.text).toContain('Een antwoord vóór')
  })

  test('promises nothing that nobody read, apologises once, and keeps the promise of an answer', async () => {
    const id = await letDown('reply')
    await telling(id, { about: 'case.acknowledged' })
    await command(id, { kind: 'own' })
    const text = 'Onze excuses voor het verloren pakket.\n\nU krijgt het geld binnen twee werkdagen terug.'
    const reply = { about: 'case.reply', text }
    const because = async (more: object) => (await telling(id, { ...reply, ...more })).json.because
    expect(await because({})).toBe('promises-unread')
    const promises = [{ phrase: 'binnen twee werkdagen', what: 'Geld binnen twee werkdagen', due: inDays(2) }]
    expect(await because({ promises })).toBe('apology-unread')
    expect((await page(id)).told.promises.map(({ keptAt }) => keptAt)).toEqual([null])
    expect((await telling(id, { ...reply, promises, apology: 'counts' })).status).toBe(200)
    const [, got] = await delivered('reply')
    expect(got?.text).toContain(
      'Onze excuses voor het verloren pakket.\n\nU krijgt het geld binnen twee werkdagen terug.',
    )
    const { told: all, steps } = await page(id)
    expect(all.promises).toMatchObject([
      { promise: 'answer', keptAt: expect.any(String) },
      { promise: 'deed', what: 'Geld binnen twee werkdagen', keptAt: null, owner: { name: 'Simulated agent' } },
    ])
    expect(steps.find(({ step }) => step === 'apologise')?.standing).toBe('done')
    expect(await because({ promises, apology: 'counts' })).toBe('apology-twice')
    expect((await telling(id, { ...reply, noPromises: ['binnen twee werkdagen'], apology: 'once more' })).status).toBe(
      200,
    )
    const owed = all.promises[1]?.id ?? ''
    expect((await command(id, { kind: 'keep promise', promise: owed })).status).toBe(200)
    expect((await command(id, { kind: 'keep promise', promise: owed })).json.because).toBe('promise-unknown')
  })

  test('goes another way where mail cannot, and says why', async () => {
    const id = await letDown('mute', { email: undefined })
    const refused = await telling(id, { about: 'case.acknowledged' })
    expect(refused).toMatchObject({ status: 409, json: { because: 'no-address' } })
    expect((await telling(id, { about: 'case.acknowledged', channel: 'phone' })).status).toBe(200)
    const { told: all, steps, story } = await page(id)
    expect(all).toMatchObject({
      way: 'no-address',
      mails: [],
      others: [{ about: 'case.acknowledged', channel: 'phone' }],
    })
    expect(steps[0]?.standing).toBe('done')
    expect(story.map(({ kind }) => kind)).toContain('told')
  })

  test('comes back, and the case says so; nothing more is mailed', async () => {
    const id = await letDown('gone')
    await telling(id, { about: 'case.acknowledged' })
    sink.at.stage = async (stage) => {
      if (stage === 'rcpt') throw smtpAnswer(550, '5.1.1 no such user')
    }
    await delivered('gone')
    expect((await page(id)).told).toMatchObject({ way: 'bounced', mails: [{ state: 'bounced' }] })
    expect((await telling(id, { about: 'case.reply', text: 'Tot ziens.' })).json.because).toBe('bounced')
  })
})

/** What is drawn on each page of a PDF. */
const drawingsOf = (pdf: ArrayBuffer): readonly string[] =>
  Buffer.from(pdf)
    .toString('latin1')
    .split(/(?<=[^d])stream\r?\n/)
    .flatMap((part) => {
      try {
        const text = inflateSync(Buffer.from(part, 'latin1')).toString('latin1')
        return text.includes('BT\n') ? [text] : []
      } catch {
        return []
      }
    })

describe('a letter', () => {
  const words = {
    letter: 'final_response',
    pack: 'uk-fca-disp',
    found: 'De molen raakte zoek.',
    done: 'Er komt een nieuwe.',
  }

  test('is seen before it is sent, as it will be but for its mark, and tells what it does to the deadlines', async () => {
    const id = await toOffer('letter')
    const regime = {
      kind: 'apply regime',
      pack: 'uk-fca-disp',
      event: 'complaint.received',
      since: rfc3339(firm.now()),
    }
    expect((await command(id, regime)).status).toBe(200)
    const wish = { about: 'final.response', letter: words }
    const { after } = (await ask('POST', `/v1/cases/${id}/tellings/preview?lang=nl`, { ...agent, body: wish }))
      .json as {
      after: { legal: readonly Readonly<{ kind: string; step: string; letter: boolean; effect: string }>[] }
    }
    expect(after.legal).toContainEqual(expect.objectContaining({ kind: 'met', step: 'final_response', letter: true }))
    // Her six months to go to the ombudsman begin with the letter.
    expect(after.legal).toContainEqual(expect.objectContaining({ kind: 'begins', effect: 'right_ends' }))

    const path = `/v1/cases/${id}/tellings/letter`
    const before = await page(id)
    const seen = await send('POST', path, { ...agent, body: wish })
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(await page(id)).toMatchObject({ revision: before.revision, told: { letters: [] } })
    const marked = drawingsOf(await seen.arrayBuffer())

    expect((await telling(id, wish)).status).toBe(200)
    const [letter] = (await page(id)).told.letters
    const sent = await (await send('GET', `/v1/cases/${id}/letters/${letter?.id}`, agent)).arrayBuffer()
    const drawn = drawingsOf(sent)
    expect(drawn).not.toEqual([])
    expect(drawn).toHaveLength(marked.length)
    // The mark is drawn last, on what is drawn without it.
    for (const [nth, drawing] of drawn.entries()) {
      expect(marked[nth]?.startsWith(drawing)).toBe(true)
      expect(marked[nth]?.length).toBeGreaterThan(drawing.length)
    }
  })

  test('that is not whole is refused as it would be when it is sent', async () => {
    const id = await toOffer('halfway')
    const body = { about: 'final.response', letter: { letter: 'final_response', pack: 'own', found: 'Zoek.' } }
    const sent = { ...agent, body }
    expect((await ask('POST', `/v1/cases/${id}/tellings/letter`, sent)).json).toMatchObject({
      code: 'case-refused',
      pointer: '/letter/done',
    })
    const none = { ...agent, body: { about: 'final.response' } }
    expect((await ask('POST', `/v1/cases/${id}/tellings/letter`, none)).json.because).toBe('letter-missing')
  })
})

describe('a choice of remedies', () => {
  test('is agreed with the customer as it was offered, with its voucher, its mail and its money', async () => {
    const id = await toOffer('chooses')
    expect((await telling(id, { about: 'remedy.choice', offer: voucherAndGrinder() })).status).toBe(200)
    expect(await page(id)).toMatchObject({ waitingFor: 'remedy', told: { offers: [{ state: 'open' }] } })
    const [offered] = await delivered('chooses')
    const path = pathIn(offered?.text, 'remedy')
    const choice = await look(`${path}?lang=nl`)
    expect(choice.text.match(/type="radio"/g)).toHaveLength(3)
    expect(choice.text).not.toMatch(/checked/)
    expect(choice.text).toContain('een tegoedbon van €\u00a05,00 is voor u')
    expect((await answer(`${path}?lang=nl`, { choice: '7' })).status).toBe(422)
    const [first, second] = await Promise.all([
      answer(`${path}?lang=nl`, { choice: '0' }),
      answer(`${path}?lang=nl`, { choice: '0' }),
    ])
    expect([first.status, second.status]).toEqual([200, 200])
    expect(first.text + second.text).toContain('Genoteerd: Een nieuwe molen')
    const mails = await delivered('chooses')
    expect(mails).toHaveLength(1)
    const code = /tegoedbon van €\s5,00: ([0-9A-Z-]{23})\./.exec(mails[0]?.text ?? '')?.[1] ?? ''
    const check = await ask('POST', '/v1/vouchers/check', { body: { code } })
    expect(check.json).toMatchObject({ voucher: { left: 500, currency: 'EUR', origin: 'goodwill' } })
    const kept = await db.query<{ body: string; secret: unknown }>(
      `select body, secret from messages where customer = 'chooses' and kind = 'remedy.chosen'`,
    )
    expect(kept).toEqual([{ body: expect.not.stringContaining(code), secret: null }])
    const seen = await page(id)
    expect(seen).toMatchObject({
      waitingFor: null,
      compensatedMinor: 500,
      remedy: { what: 'Een nieuwe molen', valueMinor: 500 },
      told: { offers: [{ state: 'chosen', chosen: 0 }] },
    })
    const again = await answer(`${path}?lang=nl`, { choice: '1' })
    expect(again.text).toContain('U hebt al gekozen.')
    expect((await page(id)).remedy?.what).toBe('Een nieuwe molen')
  })

  test('may be something else: nothing is agreed, and somebody owes an answer', async () => {
    const id = await toOffer('else')
    await telling(id, { about: 'remedy.choice', offer: voucherAndGrinder() })
    const [offered] = await delivered('else')
    const path = pathIn(offered?.text, 'remedy')
    expect((await answer(`${path}?lang=nl`, { choice: '-1' })).text).toContain('Genoteerd: iets anders')
    const seen = await page(id)
    expect(seen).toMatchObject({ waitingFor: null, remedy: null, told: { offers: [{ state: 'chosen', chosen: -1 }] } })
    expect(seen.told.promises.at(-1)).toMatchObject({ promise: 'answer', keptAt: null })
    expect((await look(path)).text).toContain('You have chosen already')
  })

  test('is over when its time is, and gone when the case went on', async () => {
    const id = await toOffer('slow')
    await telling(id, { about: 'remedy.choice', offer: voucherAndGrinder() })
    const [offered] = await delivered('slow')
    const path = pathIn(offered?.text, 'remedy')
    const { told: all } = await page(id)
    const place = { customer: 'slow', case: id, id: all.offers[0]?.id ?? '' }
    await endOffer(world, place)
    expect((await page(id)).waitingFor).toBe('remedy')
    later(2 * DAY_MS + 3_600_000)
    expect((await answer(path, { choice: '0' })).status).toBe(410)
    await Promise.all([endOffer(world, place), endOffer(world, place)])
    expect(await page(id)).toMatchObject({ waitingFor: null, remedy: null, told: { offers: [{ state: 'over' }] } })
    expect(await db.query(`select from case_gifts where customer = 'slow'`)).toEqual([])
    await telling(id, { about: 'remedy.choice', offer: voucherAndGrinder() })
    const [next] = await delivered('slow')
    const remedy = { what: 'Op zijn verzoek iets anders', fixBy: null, valueMinor: 0, form: null }
    expect((await command(id, { kind: 'agree remedy', remedy })).status).toBe(200)
    expect((await answer(pathIn(next?.text, 'remedy'), { choice: '0' })).status).toBe(409)
  })

  test('is refused beyond the limits of who offers, before its steps, and where it is no choice', async () => {
    const early = await letDown('early')
    const seen = await ask('POST', `/v1/cases/${early}/tellings/preview`, {
      ...agent,
      body: { about: 'remedy.choice', offer: voucherAndGrinder() },
    })
    expect(seen.json.refusal).toMatchObject({ because: 'offer-wrong', pointer: '/offer/step' })
    const wrong = async (id: string, offer: object) =>
      (await telling(id, { about: 'remedy.choice', offer: { ...voucherAndGrinder(), ...offer } })).json
    expect(await wrong(early, {})).toMatchObject({ because: 'offer-wrong', pointer: '/offer/step' })
    const id = await toOffer('dear')
    const choice = { what: 'Geld', happens: 'Op uw rekening.', fixBy: inDays(4), valueMinor: 900_000, form: 'refund' }
    expect(await wrong(id, { choices: [choice] })).toMatchObject({ because: 'beyond-authority' })
    const one = { ...choice, valueMinor: 100 }
    expect(await wrong(id, { choices: [one, one] })).toMatchObject({ pointer: '/offer/choices' })
    expect(await wrong(id, { choices: [{ ...one, fixBy: inDays(1) }] })).toMatchObject({
      pointer: '/offer/choices/0/fixBy',
    })
    expect(await wrong(id, { choices: [{ ...one, form: null }] })).toMatchObject({ pointer: '/offer/choices/0/form' })
    expect((await page(id)).told.offers).toEqual([])
    expect((await page(id)).waitingFor).toBeNull()
  })
})

describe('the questions', () => {
  test('are asked by the clock, once, whoever looks; a yes closes the way, the follow-up comes after three days', async () => {
    const { id, path } = await toQuestion('yes')
    const signal = new AbortController().signal
    await Promise.all([1, 2, 3].map(() => watchClocks(world, signal)))
    expect(await delivered('yes')).toEqual([])
    expect((await look(`${path}?lang=nl`)).text).toContain('Is het rechtgezet?')
    expect((await page(id)).steps.find(({ step }) => step === 'confirm')?.doneAt).toBeNull()
    expect((await answer(`${path}?lang=nl`, { answer: 'yes' })).text).toContain('Genoteerd: ja')
    expect((await answer(`${path}?lang=nl`, { answer: 'no' })).status).toBe(409)
    expect((await command(id, { kind: 'close', rootCause: 'vervoerder' })).status).toBe(200)
    later(2 * DAY_MS)
    await watchClocks(world, signal)
    expect(await delivered('yes')).toEqual([])
    later(2 * DAY_MS)
    await watchClocks(world, signal)
    const [followUp, ...more] = await delivered('yes')
    expect(more).toEqual([])
    expect((await answer(`${pathIn(followUp?.text, 'answer')}?lang=nl`, { answer: 'yes' })).text).toContain('ja')
    expect((await page(id)).isOpen).toBe(false)
    expect((await page(id)).story.map(({ kind }) => kind)).toContain('failure.followed_up')
  })

  test('with a no begin again: in front, for a senior, by people only, for 28 days', async () => {
    const { id, path } = await toQuestion('no')
    const thanks = await answer(`${path}?lang=nl`, { answer: 'no' })
    expect(thanks.text).toContain('een ervaren collega')
    expect(await answer(`${path}?lang=nl`, { answer: 'yes' })).toMatchObject({ status: 409 })
    const again = await page(id)
    expect(again).toMatchObject({
      failedRounds: 1,
      reason: 'double deviation',
      assignee: null,
      nextStep: 'acknowledge',
    })
    expect(again.repairUntil).toBe(rfc3339(instant(firm.now() + 28 * DAY_MS)))
    const state = (await readSaved(db, ['no'])).get('no')?.state
    expect(state?.facts.failures).toMatchObject([{ failure: 'f-no' }])
    const [first] = (await ask('GET', '/v1/cases', lead)).json.cases as readonly { id: string }[]
    expect(first?.id).toBe(id)
    await telling(id, { about: 'case.acknowledged' }, lead)
    expect((await command(id, { kind: 'own' })).json.because).toBe('senior-only')
    const remedy = { what: 'Nog een molen', fixBy: inDays(3), valueMinor: 0, form: null }
    for (const step of [
      { kind: 'own' },
      { kind: 'apologise', isSpecific: true },
      { kind: 'agree remedy', remedy },
      { kind: 'fix', how: null },
    ])
      expect((await command(id, step, lead)).status).toBe(200)
    await delivered('no')
    later(4 * DAY_MS)
    await watchClocks(world, new AbortController().signal)
    expect(await delivered('no')).toEqual([])
    const preview = await ask('POST', `/v1/cases/${id}/tellings/preview`, {
      ...lead,
      body: { about: 'fix.confirmation' },
    })
    // A preview opens nothing: what is signed is made when it is sent.
    expect(preview.json.body).toContain('https://service.example.org/answer/…?lang=nl')
    expect(preview.json.body).toContain('https://service.example.org/case/…?lang=nl')
    const asked = await telling(id, { about: 'fix.confirmation' }, lead)
    expect(asked).toMatchObject({
      status: 200,
      json: {
        path: expect.stringMatching(/^\/answer\//),
        url: `https://service.example.org${asked.json.path}?lang=nl`,
      },
    })
    const [byHand] = await delivered('no')
    expect((await answer(`${pathIn(byHand?.text, 'answer')}?lang=nl`, { answer: 'yes' })).status).toBe(200)
  })
})

test('what was offered goes when the customer is forgotten; that it was chosen stays', async () => {
  expect((await ask('DELETE', '/v1/customers/chooses', {})).status).toBeLessThan(300)
  const held = await db.query(`select state, choices::text as choices from case_offers where customer = 'chooses'`)
  expect(held).toEqual([{ state: 'chosen', choices: '[]' }])
  expect(await db.query(`select from cases where customer = 'chooses' and about is not null`)).toEqual([])
})

test('the log and what is folded from it agree', async () => {
  expect((await verifyLog(world)).differences).toEqual([])
})
