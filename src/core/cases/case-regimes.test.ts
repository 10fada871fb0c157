import { describe, expect, test } from 'vitest'
import { opening, past } from '../../../test/case-lines.ts'
import { type Instant, instantOf } from '../time/instant.ts'
import type { CaseEntry } from './case-entry.ts'
import { caseRegimes, courseOf, legalDueAt } from './case-regimes.ts'
import { fold, initial } from './recovery-case.ts'
import { type RegimeFirm, regimeOf } from './regime-deadlines.ts'
import { regimePacks } from './regime-pack.ts'

const firm: RegimeFirm = { region: 'NL', hours: {}, closeOfBusiness: '17:30', lengths: {} }
const regimes = new Map(regimePacks.map((pack) => [pack.id, regimeOf(pack, firm)]))

const base = (minutes: number) => ({ id: `${minutes}`, at: past(minutes), by: 'ann' })
const applied = (minutes: number, pack: string, event: string): CaseEntry => ({
  ...base(minutes),
  kind: 'regime applied',
  pack,
  event,
  since: past(minutes),
})
const sent = (minutes: number, pack: string, letter: string): CaseEntry => ({
  ...base(minutes),
  kind: 'letter sent',
  pack,
  letter,
  language: 'nl',
})
const dueAfter = (...entries: readonly CaseEntry[]): Instant | null =>
  legalDueAt(caseRegimes(entries.reduce(fold, initial(opening())), regimes, past(100)))

describe('deadlines from law beside the clocks of a case', () => {
  test('there are none until a pack is found to apply', () => {
    expect(caseRegimes(initial(opening()), regimes, past(1))).toEqual([])
    expect(dueAfter()).toBeNull()
  })

  test('the earliest of what the firm must still do counts, and a letter does it', () => {
    const gdpr = applied(1, 'gdpr', 'request.received')
    const withdrawal = applied(2, 'eu-consumer', 'withdrawal.received')
    expect(dueAfter(gdpr)).toEqual(instantOf('2026-07-15T22:00:00Z'))
    expect(dueAfter(gdpr, withdrawal)).toEqual(instantOf('2026-06-29T22:00:00Z'))
    const refunded: CaseEntry = { ...base(3), kind: 'duty done', pack: 'eu-consumer', step: 'refund' }
    expect(dueAfter(gdpr, withdrawal, refunded)).toEqual(instantOf('2026-07-15T22:00:00Z'))
    expect(dueAfter(gdpr, withdrawal, refunded, sent(4, 'gdpr', 'answer'))).toBeNull()
  })

  test('a letter starts what begins with sending it, and the first of two counts', () => {
    const disp = [applied(1, 'uk-fca-disp', 'complaint.received'), sent(5, 'uk-fca-disp', 'final_response')]
    const again = [...disp, sent(9, 'uk-fca-disp', 'final_response')].reduce(fold, initial(opening()))
    expect(courseOf(again, 'uk-fca-disp').starts['final_response.sent']).toBe(past(5))
    expect(courseOf(again, 'gdpr').letters).toEqual({})
    const [found] = caseRegimes(again, regimes, past(100))
    const ombudsman = found?.deadlines.find(({ step }) => step.id === 'ombudsman')
    expect(ombudsman).toMatchObject({ standing: 'open', lastDay: '2026-12-15', isLate: false })
  })

  test('waiting for the customer moves no deadline from law', () => {
    const waited: CaseEntry = { ...base(2), kind: 'waited', for: 'information' }
    const gdpr = applied(1, 'gdpr', 'request.received')
    expect(dueAfter(gdpr, waited)).toEqual(dueAfter(gdpr))
  })
})
