import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { instantOf, rfc3339 } from '../time/instant.ts'
import { deadlinesFor, type RegimeCourse, type RegimeFirm, regimeOf } from './regime-deadlines.ts'
import { readRegimePack, regimePacks } from './regime-pack.ts'

const firm: RegimeFirm = {
  region: 'NL',
  hours: { weekly: { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']], wed: [['09:00', '17:00']] } },
  closeOfBusiness: '17:30',
  lengths: { own: { acknowledge: { kind: 'minutes', minutes: 60 } } },
}
const file = '../shared/data/calendars/regimes.json'

/** `event@time` starts it, `+step@time` is done, `~letter@time` is sent. */
function courseOf(words: string): RegimeCourse {
  const read = (mark: string) =>
    Object.fromEntries(
      words
        .split(' ')
        .filter((word) => (mark === '' ? /^[a-z]/.test(word) : word.startsWith(mark)))
        .map((word) => word.slice(mark.length).split('@'))
        .map(([name = '', at = '']) => [name, instantOf(at.length === 10 ? `${at}T10:00:00Z` : `${at}:00Z`)]),
    )
  return { starts: read(''), done: read('+'), letters: read('~'), pauses: [] }
}

const NOW = '2027-06-01'

/** The step in short: standing, deadline in UTC, late or not. */
function told(packId: string, stepId: string, words: string, now = NOW): string {
  const pack = regimePacks.find((one) => one.id === packId)
  if (pack === undefined) throw new Error(packId)
  const found = deadlinesFor(regimeOf(pack, firm), courseOf(words), instantOf(`${now}T10:00:00Z`))
  const step = found.find((one) => one.step.id === stepId)
  if (step === undefined) throw new Error(stepId)
  const due = step.dueAt === null ? 'no date' : rfc3339(step.dueAt).slice(0, 16)
  return [step.standing, due, ...(step.isLate ? ['late'] : [])].join(', ')
}

describe('regime packs', () => {
  test('there are ten, with 47 steps, each with a source and a date', () => {
    expect(regimePacks).toHaveLength(10)
    const steps = regimePacks.flatMap((pack) => pack.steps)
    expect(steps).toHaveLength(47)
    expect(steps.every(({ source }) => source.title !== '' && source.notedOn === '2026-11-22')).toBe(true)
    expect(regimePacks.filter(({ openQuestions }) => openQuestions.length > 0).map(({ id }) => id)).toContain('gdpr')
  })

  test.skipIf(!existsSync(file))('say what the collected file says (skipped where it is absent)', () => {
    const camel = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(camel)
      if (typeof value !== 'object' || value === null) return value
      const named = (name: string) => name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [named(name), camel(one)]))
    }
    const { packs } = JSON.parse(readFileSync(file, 'utf8')) as { packs: readonly unknown[] }
    expect(packs.map((pack) => readRegimePack(camel(pack)))).toEqual(regimePacks)
  })

  const step = {
    id: 'a',
    name: 'A',
    duty: 'firm',
    starts: 'x',
    deadline: { kind: 'period', unit: 'months', n: 3, rollover: false, endsAt: '24:00' },
    effect: 'duty_ends',
    source: { title: 't', notedOn: '2026-01-01', sure: 'found' },
  }
  const pack = {
    id: 'p',
    name: 'P',
    jurisdiction: 'NL',
    law: true,
    appliesTo: 'all',
    zone: 'firm',
    holidayRegion: 'firm',
    steps: [step],
  }

  test.each([
    ['a step that needs one of another pack', { ...pack, steps: [{ ...step, needs: 'b' }] }],
    ['a letter that is not of the pack', { ...pack, steps: [{ ...step, letter: 'l' }] }],
    ['a sum that is none', { ...pack, steps: [{ ...step, sumOf: [1, 1] }] }],
    ['two steps with one id', { ...pack, steps: [step, step] }],
    ['an unknown kind of deadline', { ...pack, steps: [{ ...step, deadline: { kind: 'soon' } }] }],
    ['a date that does not exist', { ...pack, steps: [{ ...step, validFrom: '2026-02-30' }] }],
    ['an unknown region', { ...pack, holidayRegion: 'FR' }],
    ['no object', 'pack'],
  ])('%s is not a pack', (_name, broken) => {
    expect(readRegimePack(pack).steps).toHaveLength(1)
    expect(() => readRegimePack(broken)).toThrow('assertion failed')
  })
})

describe('deadlines of a pack', () => {
  test.each([
    // Eight weeks of London days; the three-day route ends at the close of business and makes it needless.
    ['uk-fca-disp', 'final_response', 'complaint.received@2026-12-23', 'open, 2027-02-18T00:00, late'],
    ['uk-fca-disp', 'summary_resolution', 'complaint.received@2026-12-23', 'optional, 2026-12-30T17:30'],
    [
      'uk-fca-disp',
      'final_response',
      'complaint.received@2026-12-23 ~summary_resolution@2026-12-30',
      'not needed, 2027-02-18T00:00',
    ],
    [
      'uk-fca-disp',
      'final_response',
      'complaint.received@2026-12-23 ~summary_resolution@2026-12-31',
      'open, 2027-02-18T00:00, late',
    ],
    [
      'uk-fca-disp',
      'final_response',
      'complaint.received@2026-12-23 ~final_response@2027-02-17',
      'open, 2027-02-18T00:00',
    ],
    ['uk-fca-disp', 'acknowledge', 'complaint.received@2026-12-23', 'open, no date'],
    ['uk-fca-disp', 'ombudsman', 'complaint.received@2026-12-23', 'not started, no date'],
    ['uk-fca-disp', 'ombudsman', 'final_response.sent@2026-08-31', 'open, 2027-03-01T00:00'],
    // 15 working days, or 35 from the same receipt once the holding reply went out in time.
    ['uk-payment-services', 'final_response', 'complaint.received@2027-01-04', 'open, 2027-01-26T00:00, late'],
    [
      'uk-payment-services',
      'final_response_exceptional',
      'complaint.received@2027-01-04',
      'needs another, 2027-02-23T00:00',
    ],
    [
      'uk-payment-services',
      'final_response',
      'complaint.received@2027-01-04 ~holding_reply@2027-01-20',
      'replaced, 2027-01-26T00:00',
    ],
    [
      'uk-payment-services',
      'final_response_exceptional',
      'complaint.received@2027-01-04 ~holding_reply@2027-01-20',
      'open, 2027-02-23T00:00, late',
    ],
    [
      'uk-payment-services',
      'final_response',
      'complaint.received@2027-01-04 ~holding_reply@2027-01-27',
      'open, 2027-01-26T00:00, late',
    ],
    // The day of receipt decides between eight and six weeks.
    ['uk-ofcom-adr', 'adr_opens', 'complaint.received@2026-04-08', 'open, 2026-05-20T23:00'],
    ['uk-ofcom-adr', 'adr_opens_before', 'complaint.received@2026-04-08', 'not in force, 2026-06-03T23:00'],
    ['uk-ofcom-adr', 'adr_opens', 'complaint.received@2026-04-07', 'not in force, 2026-05-19T23:00'],
    ['uk-ofcom-adr', 'adr_opens_before', 'complaint.received@2026-04-07T22:59', 'open, 2026-06-02T23:00'],
    // One month, and three counted in one go from receipt once the notice was sent within the first.
    ['gdpr', 'answer', 'request.received@2027-01-31', 'open, 2027-02-28T23:00, late'],
    ['gdpr', 'answer_extended', 'request.received@2027-01-31', 'needs another, 2027-04-30T22:00'],
    ['gdpr', 'answer', 'request.received@2027-01-31 ~extension_notice@2027-02-20', 'replaced, 2027-02-28T23:00'],
    [
      'gdpr',
      'answer_extended',
      'request.received@2027-01-31 ~extension_notice@2027-02-20',
      'open, 2027-04-30T22:00, late',
    ],
    ['gdpr', 'answer', 'request.received@2027-01-31 ~extension_notice@2027-03-02', 'open, 2027-02-28T23:00, late'],
    // Withdrawal moves over Easter; the firm's own refund does not.
    ['eu-consumer', 'withdraw', 'withdrawal_period.started@2027-03-12', 'open, 2027-03-30T22:00'],
    ['eu-consumer', 'refund', 'withdrawal.received@2027-03-12', 'open, 2027-03-26T23:00, late'],
    ['eu-consumer', 'withdrawal_function', '', 'open, no date'],
    // At once is within the minute.
    [
      'de-312k',
      'confirm_cancellation',
      'exit.requested@2027-03-01T10:00 ~cancellation_confirmation@2027-03-01T10:00',
      'open, 2027-03-01T10:01',
    ],
    [
      'de-312k',
      'confirm_cancellation',
      'exit.requested@2027-03-01T10:00 ~cancellation_confirmation@2027-03-01T10:01',
      'open, 2027-03-01T10:01, late',
    ],
    // Working minutes of the firm, and the window of the follow-up.
    ['own', 'acknowledge', 'case.opened@2027-01-06T15:30', 'open, 2027-01-11T08:30, late'],
    ['own', 'fix', 'remedy.agreed@2027-01-06', 'open, no date'],
    ['own', 'follow_up', 'failure.confirmed@2027-03-01', 'open, 2027-03-15T23:00, late'],
    // Stages follow each other, without dates.
    ['iso-10002', 'receipt', 'case.opened@2027-01-06', 'not started, no date'],
    ['iso-10002', 'receipt', 'case.opened@2027-01-06 +communication@2027-01-07', 'open, no date'],
  ])('%s %s: %s -> %s', (pack, step, course, expected) => {
    expect(told(pack, step, course)).toBe(expected)
  })

  test('a window opens on its first day', () => {
    const own = regimePacks.find(({ id }) => id === 'own')
    if (own === undefined) throw new Error('own')
    const found = deadlinesFor(
      regimeOf(own, firm),
      courseOf('failure.confirmed@2027-03-01'),
      instantOf('2027-03-02T10:00:00Z'),
    )
    expect(found.find(({ step }) => step.id === 'follow_up')).toMatchObject({
      notBefore: instantOf('2027-03-03T23:00:00Z'),
      lastDay: '2027-03-15',
    })
  })

  test('a deadline beyond the known holidays says so', () => {
    const pack = regimePacks.find(({ id }) => id === 'uk-fca-disp')
    if (pack === undefined) throw new Error('uk-fca-disp')
    const known = (from: string) =>
      deadlinesFor(regimeOf(pack, firm), courseOf(`complaint.received@${from}`), instantOf(`${NOW}T10:00:00Z`))
        .filter(({ step }) => step.id === 'keep_records' || step.id === 'summary_resolution')
        .map(({ holidays }) => holidays)
    expect(known('2027-02-02')).toEqual(['sure', 'may change'])
    expect(known('2029-02-05')).toEqual(['may change', 'unknown'])
  })
})
