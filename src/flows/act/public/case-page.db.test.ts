import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { toldFirm } from '../../../../test/told-firm.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
import { findCase } from '../../../store/cases.ts'
import { readKeeping } from '../../step-case.ts'
import { writtenLetter } from '../cases/make-letter.ts'

/** What the customer of a case sees and adds, and what is kept on paper. */

const firm = await toldFirm()
const { db, world, ask, send, asRole, agent, later, letDown, page, command, telling, delivered, pathIn, look, answer } =
  firm
afterAll(() => firm.sink.close())
beforeEach(() => {
  firm.sink.at.stage = async () => undefined
})

describe('the page of a case', () => {
  test('takes what the customer adds, once, and a changed link is worth nothing', async () => {
    const id = await letDown('adds')
    await telling(id, { about: 'case.acknowledged' })
    const [got] = await delivered('adds')
    const path = pathIn(got?.text, 'case')
    const form = { id: '3f0c6e0e-6f0e-4bb7-9f4e-2a4c1f3d9b10', text: 'Ik ben <b>morgen</b> thuis.' }
    expect((await answer(path, form)).status).toBe(303)
    expect((await answer(path, form)).status).toBe(303)
    expect((await answer(path, { ...form, text: ' ' })).status).toBe(422)
    expect((await answer(path.replace('/case/', '/case/x'), form)).status).toBe(410)
    expect((await answer(path.replace('/case/', '/answer/'), form)).status).toBe(410)
    const { story } = await page(id)
    expect(story.filter(({ kind }) => kind === 'note').map(({ sentence }) => sentence)).toEqual([form.text])
    expect(story.filter(({ kind }) => kind === 'contact.opened')).toHaveLength(1)
    later(91 * DAY_MS)
    expect((await look(path)).status).toBe(410)
  })

  test('tells the first name only where the firm lets it', async () => {
    const id = await letDown('named')
    await telling(id, { about: 'case.acknowledged' })
    await command(id, { kind: 'own' })
    const [got] = await delivered('named')
    const path = `${pathIn(got?.text, 'case')}?lang=en`
    expect((await look(path)).text).toContain('<dd>A colleague</dd>')
    const admin = await asRole('admin')
    const set = { replyTo: null, owner: 'first-name' }
    expect((await ask('PUT', '/v1/mail', { ...admin, body: set })).json).toMatchObject(set)
    expect((await look(path)).text).toContain('<dd>Simulated</dd>')
  })
})

describe('on paper', () => {
  test('a final response is kept as it goes, says where to go by its regime, and starts its deadline', async () => {
    const id = await letDown('paper')
    await telling(id, { about: 'case.acknowledged', letter: { pack: 'own', letter: 'acknowledgement' } })
    const since = rfc3339(firm.now())
    await command(id, { kind: 'apply regime', pack: 'uk-fca-disp', event: 'complaint.received', since })
    const letter = {
      pack: 'uk-fca-disp',
      letter: 'final_response',
      found: 'Het pakket raakte zoek.',
      done: 'Wij betalen.',
    }
    const wrong = async (more: object) =>
      (await telling(id, { about: 'final.response', letter: { ...letter, ...more } })).json
    expect(await wrong({ found: ' ' })).toMatchObject({ because: 'letter-wrong', pointer: '/letter/found' })
    expect(await wrong({ letter: 'deadlock' })).toMatchObject({ pointer: '/letter/letter' })
    expect(await wrong({ pack: 'nl-kifid' })).toMatchObject({ pointer: '/letter/pack' })
    expect((await telling(id, { about: 'final.response', letter })).status).toBe(200)
    const [first, final] = await delivered('paper')
    expect(first?.attachments.map(({ filename }) => filename)).toEqual([`${id}-acknowledgement-nl.pdf`])
    const { told: all, legal } = await page(id)
    const kept = all.letters.find((one) => one.letter === 'final_response')
    const got = new Uint8Array(await (await send('GET', `/v1/cases/${id}/letters/${kept?.id}`, agent)).arrayBuffer())
    expect(Buffer.compare(Buffer.from(got), final?.attachments[0]?.content ?? Buffer.alloc(0))).toBe(0)
    const steps = legal.find(({ pack }) => pack === 'uk-fca-disp')?.steps ?? []
    expect(steps.find(({ id: step }) => step === 'ombudsman')?.dueAt).not.toBeNull()
    expect(steps.find(({ id: step }) => step === 'final_response')?.doneAt).not.toBeNull()
    const other = await letDown('stranger')
    expect((await ask('GET', `/v1/cases/${other}/letters/${kept?.id}`, agent)).status).toBe(404)
  })

  test('a letter names the day from which its regime counts, not the day on which the case opened', async () => {
    const id = await letDown('late-complaint')
    const since = rfc3339(instant(firm.now() - 2 * DAY_MS))
    await command(id, { kind: 'apply regime', pack: 'uk-fca-disp', event: 'complaint.received', since })
    const received = async (pack: string) => {
      const wish = { pack, letter: 'acknowledgement' }
      const was = await findCase(db, id)
      if (was === undefined) throw new Error('no such case')
      const { state } = was
      const written = await db.transaction(async (tx) =>
        writtenLetter(tx, state, {
          ...{ wish, language: 'en', name: null, what: '', until: null },
          keeping: await readKeeping(world, tx, state),
        }),
      )
      return JSON.stringify(written)
    }
    expect(await received('uk-fca-disp')).toContain('"Received by us","12 September 2026"')
    expect(await received('own')).toContain('"Received by us","14 September 2026"')
  })

  test('the evidence of a case is a tagged PDF, and the JSON holds what was told', async () => {
    const [row] = await db.query<{ id: string }>(`select id from cases where customer = 'paper'`)
    const response = await send('GET', `/v1/cases/${row?.id}/evidence.pdf?lang=ru`, agent)
    const pdf = Buffer.from(await response.arrayBuffer()).toString('latin1')
    expect(pdf.slice(0, 5)).toBe('%PDF-')
    expect(pdf).toMatch(/\/Lang \(ru\)/)
    expect(pdf).toMatch(/\/Marked true/)
    const { json } = await ask('GET', `/v1/cases/${row?.id}/evidence`, agent)
    expect(json.told).toMatchObject({ letters: [{ letter: 'acknowledgement' }, { letter: 'final_response' }] })
  })
})

test('letters go when the customer is forgotten', async () => {
  expect((await ask('DELETE', '/v1/customers/paper', {})).status).toBeLessThan(300)
  expect(await db.query(`select from case_letters where customer = 'paper'`)).toEqual([])
})
