import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageTexts } from '../../contract/write-message.ts'
import { contactPolicyAtFirst } from '../contact/contact-policy.ts'
import type { Circumstances } from '../contact/may-contact.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { foldAll, initial, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, instant, instantOf, rfc3339 } from '../time/instant.ts'
import { dateText, dayNumber } from '../time/local-date.ts'
import { zoneOf } from '../time/zone.ts'
import { type GestureRules, gestureRulesAtFirst, gestureRulesProblem } from './gesture-rules.ts'
import { gestureFault } from './gesture-words.ts'
import { isHeldOut, mayMakeGesture } from './may-make-gesture.ts'
import { isOccasionOf, momentNamed, momentOf, occasionOf } from './told-moment.ts'
import { wouldGive } from './would-give.ts'

const zone = zoneOf('Europe/Amsterdam') ?? expect.unreachable()
const allOn: GestureRules = {
  ...gestureRulesAtFirst,
  rules: Object.fromEntries(
    Object.entries(gestureRulesAtFirst.rules).map(([name, rule]) => [name, { ...rule, on: true }]),
  ) as GestureRules['rules'],
}
let nth = 0
const event = (type: string, at: string, data: object, more: object = {}): CustomerEvent =>
  ({
    id: `e${nth++}`,
    source: 'crm',
    customer: customerKey('c'),
    type,
    at: instantOf(at),
    data,
    ...more,
  }) as CustomerEvent
const told = (kind: string, on: string | undefined, at = '2026-06-01T12:00:00Z', more: object = {}) =>
  momentOf(event('moment.told', at, { kind, ...(on === undefined ? {} : { on }) }, more), zone)
const nextOf = (kind: string, on: string | undefined, at?: string, now = '2026-06-01T12:00:00Z', rules = allOn) => {
  const moment = told(kind, on, at)
  return moment === null ? null : occasionOf(moment, rules, { zone, now: instantOf(now) })
}
const lead = (days: number): GestureRules => ({
  ...allOn,
  rules: { ...allOn.rules, birthday: { ...allOn.rules.birthday, afterDays: days } },
})

describe('a moment', () => {
  test('is one of ours in whatever words it was told, and a death never is', () => {
    expect(['Birthday', ' move ', 'new baby', 'Marriage'].map(momentNamed)).toEqual([
      'birthday',
      'move',
      'birth',
      'wedding',
    ])
    expect(['bereavement', 'death', 'divorce', 'pregnancy', ''].map(momentNamed)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })

  test('is nothing where it was guessed, simulated, or a birthday without its day', () => {
    expect(told('birthday', undefined)).toBeNull()
    expect(told('move', '2026-06-02T00:00:00Z', undefined, { source: 'simulated' })).toBeNull()
    expect(momentOf(event('moment.told', '2026-06-01T12:00:00Z', { kind: 'move', inferred: true }), zone)).toBeNull()
    expect(
      momentOf(event('customer.profiled', '2026-06-01T12:00:00Z', { attributes: { birthday: '1980-06-02' } }), zone),
    ).toBeNull()
  })

  test('lies on the day that was told: midnight in UTC is a date, a time is what the wall shows', () => {
    expect(dateText(told('move', '2026-06-02T00:00:00Z')?.day ?? 0)).toBe('2026-06-02')
    expect(dateText(told('move', '2026-06-02T22:30:00Z')?.day ?? 0)).toBe('2026-06-03')
  })

  test('comes up at ten on the wall of the firm, so many days after or before its day', () => {
    expect(nextOf('birthday', '1980-06-20T00:00:00Z')).toMatchObject({
      name: 'birthday 2026-06-20',
      wakeAt: instantOf('2026-06-20T08:00:00Z'),
    })
    expect(nextOf('birthday', '1980-06-20T00:00:00Z', undefined, undefined, lead(-3))?.wakeAt).toBe(
      instantOf('2026-06-17T08:00:00Z'),
    )
    expect(nextOf('birthday', '1980-12-20T00:00:00Z', undefined, undefined, lead(5))?.wakeAt).toBe(
      instantOf('2026-12-25T09:00:00Z'),
    )
  })

  test('that is told between the gesture before the day and the day comes up at once', () => {
    expect(nextOf('birthday', '1980-06-03T00:00:00Z', undefined, undefined, lead(-7))).toMatchObject({
      name: 'birthday 2026-06-03',
      wakeAt: instantOf('2026-06-01T12:00:00Z'),
    })
  })

  test('on a 29 February comes back on the last day of the month', () => {
    expect(nextOf('birthday', '2024-02-29T00:00:00Z')?.name).toBe('birthday 2027-02-28')
    expect(nextOf('birthday', '2024-02-29T00:00:00Z', undefined, '2028-01-01T00:00:00Z')?.name).toBe(
      'birthday 2028-02-29',
    )
  })

  test('that comes once does not come again, nor when it was brought in as history', () => {
    expect(nextOf('move', '2026-06-02T00:00:00Z')?.name).toBe('move 2026-06-02')
    expect(nextOf('move', '2026-06-02T00:00:00Z', undefined, '2026-09-01T00:00:00Z')).toBeNull()
    expect(nextOf('move', '2026-01-02T00:00:00Z')).toBeNull()
    const once = told('move', '2026-06-02T00:00:00Z') ?? expect.unreachable()
    expect(occasionOf(once, allOn, { zone, now: once.toldAt, after: once.toldAt })).toBeNull()
  })

  test('under a rule that is off makes no occasion', () => {
    expect(nextOf('birthday', '1980-06-20T00:00:00Z', undefined, undefined, gestureRulesAtFirst)).toBeNull()
  })

  test('of every year comes once a year, always later, and is known again by its name', () => {
    const days = fc.integer({ min: dayNumber('1971-01-01') ?? 0, max: dayNumber('2026-05-31') ?? 0 })
    fc.assert(
      fc.property(days, fc.integer({ min: -30, max: 30 }), (day, afterDays) => {
        const moment = { moment: 'birthday', day, toldAt: instantOf('2026-05-31T00:00:00Z') } as const
        const first = occasionOf(moment, lead(afterDays), { zone, now: instantOf('2026-06-01T00:00:00Z') })
        const came = [first]
        while (came.length < 5) {
          const after = came.at(-1)?.wakeAt ?? instant(0)
          came.push(occasionOf(moment, lead(afterDays), { zone, now: after, after }))
        }
        const turns = came.flatMap((one) => (one === null ? [] : [one]))
        expect(new Set(turns.map(({ name }) => name)).size).toBe(5)
        expect(turns.every(({ name }) => isOccasionOf(name, moment))).toBe(true)
        for (const [at, { wakeAt }] of turns.slice(1).entries())
          expect(Math.round((wakeAt - (turns[at]?.wakeAt ?? 0)) / (365 * DAY_MS))).toBe(1)
      }),
    )
  })
})

const key = customerKey('c')
const around = (customer: Relationship, holdOutKey = 'secret'): Circumstances => ({
  ...{ customer, zone, isHoliday: () => false, reservations: [], holdOutKey },
})
const now = instantOf('2026-06-03T10:00:00Z')
const order = event('order.placed', '2026-05-01T10:00:00Z', { order: 'o' })
const may = (events: readonly CustomerEvent[], more: Partial<Parameters<typeof mayMakeGesture>[2]> = {}) =>
  mayMakeGesture(contactPolicyAtFirst, around(foldAll(key, [order, ...events])), {
    ...{ gesture: 'mail', byHand: false, about: null, now },
    ...more,
  }).because

describe('whether a gesture may be made', () => {
  const failure = event('failure.occurred', '2026-06-01T10:00:00Z', { failure: 'f', severity: 'minor' })
  test('a customer who bought, and nothing is open: yes', () => expect(may([])).toBeNull())

  test.each([
    ['open-failure', [failure], {}],
    ['leaving', [event('exit.requested', '2026-06-01T10:00:00Z', {})], {}],
    ['leaving', [event('exit.requested', '2026-06-01T10:00:00Z', {}), failure], { byHand: true, about: 'f' }],
    ['bereavement', [event('moment.told', '2026-06-01T10:00:00Z', { kind: 'death' })], { byHand: true }],
    [
      'objection',
      [event('consent.changed', '2026-06-01T10:00:00Z', { channel: 'email', purpose: 'marketing', granted: false })],
      {},
    ],
    [
      'profiling',
      [event('consent.changed', '2026-06-01T10:00:00Z', { channel: 'web', purpose: 'profiling', granted: false })],
      {},
    ],
    ['no-consent', [], { gesture: 'call' }],
    ['other-failure', [], { byHand: true, about: 'f' }],
    [
      'other-failure',
      [failure, event('failure.occurred', '2026-06-02T10:00:00Z', { failure: 'g', severity: 'minor' })],
      { byHand: true, about: 'f' },
    ],
  ] as const)('no, for %s', (because, events, more) => expect(may(events, more)).toBe(because))

  test('yes, about what is open, and by hand to somebody who objects to profiling', () => {
    expect(may([failure], { byHand: true, about: 'f' })).toBeNull()
    const objects = event('consent.changed', '2026-06-01T10:00:00Z', {
      channel: 'web',
      purpose: 'profiling',
      granted: false,
    })
    expect(may([objects], { byHand: true })).toBeNull()
  })

  test('quiet hours are waited for', () => {
    const night = instantOf('2026-06-03T22:00:00Z')
    const yes = event('consent.changed', '2026-05-02T10:00:00Z', { channel: 'phone', purpose: 'all', granted: true })
    const answer = mayMakeGesture(contactPolicyAtFirst, around(foldAll(key, [order, yes])), {
      ...{ gesture: 'call', byHand: false, about: null, now: night },
    })
    expect(answer).toEqual({ because: 'quiet-hours', againAt: instantOf('2026-06-04T07:00:00Z') })
  })
})

describe('the lot', () => {
  test('says the same of the same customer always, and holds out its share', () => {
    const drawn = Array.from({ length: 4_000 }, (_, at) => around(initial(customerKey(`c${at}`))))
    const held = drawn.filter((one) => isHeldOut(one, 0.1))
    expect(held.length).toBeGreaterThan(320)
    expect(held.length).toBeLessThan(480)
    expect(held.every((one) => isHeldOut(one, 0.1) && isHeldOut(one, 0.2))).toBe(true)
  })
})

describe('the words of a gesture', () => {
  test('of ours hold no condition, offer or request', () => {
    for (const language of ['en', 'nl', 'ru'] as const)
      for (const [kind, { subject, body }] of Object.entries(messageTexts[language].kinds))
        if (kind.startsWith('gesture.')) expect(gestureFault(`${subject} ${body}`, language), kind).toBeNull()
  })

  test.each([
    ['en', 'condition', 'Use it with your next order.'],
    ['en', 'condition', 'A voucher of €10, minimum spend €50.'],
    ['en', 'offer', 'Enjoy a discount of 10%.'],
    ['en', 'review', 'Leave us a review.'],
    ['nl', 'condition', 'Te gebruiken bij besteding vanaf €50.'],
    ['nl', 'condition', 'Geldig bij uw volgende bestelling.'],
    ['nl', 'offer', 'U krijgt 10% korting.'],
    ['nl', 'review', 'Beoordeel ons op internet.'],
    ['ru', 'condition', 'Действует при заказе от 3000 рублей.'],
    ['ru', 'offer', 'Дарим скидку.'],
    ['ru', 'review', 'Оставьте отзыв о нас.'],
  ] as const)('in %s are refused for a %s: %s', (language, fault, text) =>
    expect(gestureFault(text, language)?.fault).toBe(fault),
  )

  test.each([
    ['en', 'If you have a question, answer this mail. Happy birthday!'],
    ['nl', 'Gefeliciteerd met uw nieuwe koopwoning. Als u vragen hebt, antwoord dan op deze mail.'],
    ['ru', 'Поздравляем! Если у вас есть вопросы, ответьте на это письмо.'],
  ] as const)('in %s may say: %s', (language, text) => expect(gestureFault(text, language)).toBeNull())
})

describe('rules', () => {
  test('as they are at first could go live, and none is on', () => {
    expect(gestureRulesProblem(gestureRulesAtFirst)).toBeNull()
    expect(Object.values(gestureRulesAtFirst.rules).some(({ on }) => on)).toBe(false)
  })

  test.each([
    ['/holdOutShare', { holdOutShare: 0 }],
    ['/restMonths', { restMonths: 0 }],
    ['/voucherMonths', { voucherMonths: 3 }],
    ['/mostMinor', { mostMinor: 1_000_000 }],
    ['/teamMonthMinor/t', { teamMonthMinor: { t: -1 } }],
    ['/rules/move/costMinor', { rules: { ...allOn.rules, move: { ...allOn.rules.move, costMinor: 0 } } }],
    ['/rules/birth/afterDays', { rules: { ...allOn.rules, birth: { ...allOn.rules.birth, afterDays: 31 } } }],
  ] as const)('are refused at %s', (pointer, part) =>
    expect(gestureRulesProblem({ ...allOn, ...part })?.pointer).toBe(pointer),
  )
})

describe('what rules would have given', () => {
  const to = instantOf('2027-07-01T00:00:00Z')
  const tried = (events: readonly CustomerEvent[], rules = allOn) =>
    wouldGive(key, events, {
      ...{ rules, zone, to, isHeldOut: () => false },
      ask: (state, { gesture }, at) =>
        mayMakeGesture(contactPolicyAtFirst, around(state), { gesture, byHand: false, about: null, now: at }),
      restBefore: (at) => instant(at - 365 * DAY_MS),
    }).map(({ moment, at, because }) => `${rfc3339(at).slice(0, 10)} ${moment} ${because}`)

  test('a birthday each year, and nothing for a move in the rest between', () => {
    const birthday = event('moment.told', '2026-05-02T10:00:00Z', { kind: 'birthday', on: '1980-06-20T00:00:00Z' })
    const move = event('moment.told', '2026-08-01T10:00:00Z', { kind: 'move', on: '2026-08-02T00:00:00Z' })
    expect(tried([order, birthday, move])).toEqual([
      '2026-06-20 birthday null',
      '2026-08-09 move rest',
      '2027-06-20 birthday null',
    ])
  })

  test('nothing for what was taken back', () => {
    const move = event('moment.told', '2026-08-01T10:00:00Z', { kind: 'move', on: '2026-08-02T00:00:00Z' })
    const back = event('event.retracted', '2026-08-02T10:00:00Z', { id: move.id })
    expect(tried([order, move, back])).toEqual([])
  })
})
