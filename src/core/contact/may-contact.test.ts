import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { assert } from '../assert.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { foldAll } from '../relationship/relationship.ts'
import { channels } from '../relationship/vocabulary.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../time/instant.ts'
import { zoneOf } from '../time/zone.ts'
import { type ContactPolicy, contactPolicyAtFirst, contactPurposes, policyProblem } from './contact-policy.ts'
import { type Circumstances, type ContactWish, mayContact } from './may-contact.ts'

const amsterdam = zoneOf('Europe/Amsterdam')
assert(amsterdam !== null, 'Amsterdam has a zone')

const around = (history: readonly CustomerEvent[], more: Partial<Circumstances> = {}): Circumstances => ({
  customer: foldAll(customerKey('c'), history),
  zone: amsterdam,
  isHoliday: () => false,
  reservations: [],
  holdOutKey: 'key',
  ...more,
})
const wish = (over: Partial<ContactWish> = {}): ContactWish => ({
  purpose: 'cross-sell',
  channel: 'email',
  category: 'insurance',
  asked: false,
  ...over,
})
const policy: ContactPolicy = { ...contactPolicyAtFirst, caps: [], neverAskedShare: 0 }
const bought = event(0, 'order.placed', { order: 'o', value: 100 })
const consented = (channel: string, purpose = 'marketing') =>
  event(0, 'consent.changed', { channel, purpose, granted: true }, `${channel} ${purpose}`)
const rulesOf = (history: readonly CustomerEvent[], asked: ContactWish, at: Instant, by = policy) =>
  mayContact(by, around(history), asked, at).spoke.map(({ rule }) => rule)
const failure = event(10, 'failure.occurred', { failure: 'f', severity: 'major', category: 'delivery' })

test('winning back takes a yes on every channel, and the reason says nothing of buying', () => {
  for (const channel of channels) {
    const { spoke } = mayContact(policy, around([bought]), wish({ purpose: 'winback', channel }), day(5))
    const spoken = spoke.find(({ rule }) => rule === 'no-consent')
    expect([channel, spoken?.told]).toEqual([channel, { channel, need: 'opt-in' }])
  }
})

describe('a message is held back', () => {
  const offers = (count: number, channel: string, from = 0) =>
    Array.from({ length: count }, (_, nth) =>
      event(from + nth, 'offer.sent', { offer: `o${nth}`, channel, category: 'insurance' }, `offer ${nth}`),
    )
  const twiceLetDown = [
    failure,
    event(11, 'failure.reopened', { failure: 'f' }),
    event(12, 'failure.closed', { failure: 'f' }),
  ]
  test.each<[why: string, readonly CustomerEvent[], ContactWish, at: Instant, rules: readonly string[]]>([
    ['not after buying', [bought], wish(), day(5), []],
    ['without consent', [], wish(), day(5), ['no-consent']],
    ['not with consent', [consented('email')], wish(), day(5), []],
    [
      'by an objection to marketing',
      [bought, event(1, 'consent.changed', { channel: 'email', purpose: 'marketing', granted: false })],
      wish({ asked: true }),
      day(5),
      ['objection'],
    ],
    ['while a failure is open', [bought, failure], wish(), day(12), ['open-failure']],
    ['not when it is owed', [bought, failure], wish({ purpose: 'service' }), day(12), []],
    ['after a double deviation', [bought, ...twiceLetDown], wish(), day(30), ['double-deviation']],
    ['not 180 days after a double deviation', [bought, ...twiceLetDown], wish(), day(191.5), []],
    ['on the way out', [bought, event(3, 'exit.requested', { exit: 'x' })], wish(), day(5), ['exit']],
    [
      'from winning back within 60 days',
      [bought, consented('email'), event(3, 'exit.requested', { exit: 'x' }), event(4, 'exit.ended', { exit: 'x' })],
      wish({ purpose: 'winback' }),
      day(60),
      ['exit'],
    ],
    [
      'not from winning back once after that',
      [bought, consented('email'), event(3, 'exit.requested', { exit: 'x' }), event(4, 'exit.ended', { exit: 'x' })],
      wish({ purpose: 'winback' }),
      day(64.5),
      [],
    ],
    [
      'from winning back twice',
      [
        bought,
        consented('email'),
        event(3, 'exit.requested', { exit: 'x' }),
        event(4, 'exit.ended', { exit: 'x' }),
        event(65, 'winback.contacted', {}),
      ],
      wish({ purpose: 'winback' }),
      day(70),
      ['winback-spent'],
    ],
    [
      'after a no in the category',
      [bought, ...offers(1, 'email'), event(2, 'offer.declined', { offer: 'o0', never: true })],
      wish(),
      day(300),
      ['said-no'],
    ],
    [
      'not in another category',
      [bought, ...offers(1, 'email'), event(2, 'offer.declined', { offer: 'o0', never: true })],
      wish({ category: 'travel' }),
      day(300),
      [],
    ],
    [
      'not when asked for',
      [bought, ...offers(1, 'email'), event(2, 'offer.declined', { offer: 'o0', never: true })],
      wish({ asked: true }),
      day(300),
      [],
    ],
    ['not by four e-mails ignored', [bought, ...offers(4, 'email')], wish(), day(40), []],
    ['by five e-mails ignored', [bought, ...offers(5, 'email')], wish(), day(40), ['tolerance']],
    ['not before 14 days have passed', [bought, ...offers(5, 'email')], wish(), day(17), []],
    ['not after 90 days of rest', [bought, ...offers(5, 'email')], wish(), day(4 + 14 + 90), []],
    ['when retention is pitched unasked', [bought], wish({ purpose: 'retention' }), day(5), ['uplift']],
    [
      'at night',
      [bought, consented('phone')],
      wish({ channel: 'phone' }),
      instantOf('2024-01-09T21:30:00Z'),
      ['quiet-hours'],
    ],
    [
      'on a Sunday',
      [bought, consented('phone')],
      wish({ channel: 'phone' }),
      instantOf('2024-01-07T12:00:00Z'),
      ['quiet-hours'],
    ],
    [
      'soon after a survey',
      [bought, event(3, 'survey.invited', { survey: 's', kind: 'nps' })],
      wish({ purpose: 'survey' }),
      day(20),
      ['survey-rest'],
    ],
  ])('%s', (_, history, asked, at, expected) => expect(rulesOf(history, asked, at)).toEqual(expected))
})

test('a retention pitch takes an uplift that a hold-out has shown', () => {
  const shown = { ...policy, shownUplift: [{ category: 'insurance', lowerBound: 0.01 }] }
  expect(rulesOf([bought], wish({ purpose: 'retention' }), day(5), shown)).toEqual([])
})

test('after a double deviation a service message is let through, with the advice to let a person speak', () => {
  const history = [bought, failure, event(11, 'failure.reopened', { failure: 'f' })]
  const verdict = mayContact(policy, around(history), wish({ purpose: 'service' }), day(12))
  expect(verdict).toMatchObject({ allowed: true, spoke: [{ rule: 'double-deviation', effect: 'asks-for-a-person' }] })
})

describe('caps', () => {
  const capped: ContactPolicy = { ...policy, caps: [{ channel: 'email', per: 'week', max: 2 }] }
  const sent = (at: string, id: string): CustomerEvent => ({
    ...event(0, 'offer.sent', { offer: id, channel: 'email', asked: true }, id),
    at: instantOf(at),
  })

  test('count what was sent and what is held, and open again on Monday of the customer', () => {
    const history = [bought, sent('2026-11-17T10:00:00Z', 'a')]
    const now = instantOf('2026-11-19T10:00:00Z')
    const held = {
      id: 'b',
      channel: 'email',
      at: instantOf('2026-11-19T09:59:00Z'),
      until: instantOf('2026-11-19T10:10:00Z'),
    } as const
    expect(mayContact(capped, around(history), wish(), now).allowed).toBe(true)
    const verdict = mayContact(capped, around(history, { reservations: [held] }), wish(), now)
    expect(verdict.spoke.map(({ rule }) => rule)).toEqual(['cap'])
    const full = mayContact(capped, around([...history, sent('2026-11-18T10:00:00Z', 'b')]), wish(), now)
    expect(rfc3339(full.nextAllowedAt ?? now)).toBe('2026-11-22T23:00:00.000Z')
  })

  test('count a slot once when its offer was reported', () => {
    const now = instantOf('2026-11-19T10:00:00Z')
    const held = { id: 'a', channel: 'email', at: now, until: instant(now + DAY_MS) } as const
    const history = [bought, sent('2026-11-19T10:00:00Z', 'a')]
    expect(mayContact(capped, around(history, { reservations: [held] }), wish(), now).allowed).toBe(true)
  })
})

const anyWish: fc.Arbitrary<ContactWish> = fc.record({
  purpose: fc.constantFrom(...contactPurposes),
  channel: fc.constantFrom(...channels),
  category: fc.constantFrom(null, 'a', 'b'),
  asked: fc.boolean(),
})
const anyNow = fc.integer({ min: 0, max: 1_000 * 24 }).map((hours) => day(hours / 24))

describe('for any history', () => {
  test('one more open failure never turns a no into a yes', () => {
    fc.assert(
      fc.property(anyHistory, anyWish, anyNow, (history, asked, now) => {
        const past = history.filter(({ at }) => at <= now)
        const more = {
          ...event(0, 'failure.occurred', { failure: 'one more', severity: 'minor' }, 'one more'),
          at: now,
        }
        const before = mayContact(contactPolicyAtFirst, around(past), asked, now)
        const after = mayContact(contactPolicyAtFirst, around([...past, more]), asked, now)
        expect(before.allowed || !after.allowed).toBe(true)
      }),
    )
  })

  test('the answer holds as long as it says, and the next yes is a yes', () => {
    fc.assert(
      fc.property(
        anyHistory,
        anyWish,
        anyNow,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (history, asked, now, part) => {
          const given = around(history.filter(({ at }) => at <= now))
          const verdict = mayContact(contactPolicyAtFirst, given, asked, now)
          const until = verdict.holdsUntil ?? instant(now + 30 * DAY_MS)
          const between = instant(Math.floor(now + part * (until - now)))
          expect(mayContact(contactPolicyAtFirst, given, asked, between).allowed).toBe(verdict.allowed)
          if (verdict.nextAllowedAt === null) return
          expect(mayContact(contactPolicyAtFirst, given, asked, verdict.nextAllowedAt).allowed).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('after a death nothing passes but what is owed, until what was told is taken back', () => {
    fc.assert(
      fc.property(
        anyHistory,
        anyWish,
        anyNow,
        fc.constantFrom('bereavement', ' Death '),
        (history, asked, now, kind) => {
          const past = history.filter(
            ({ at, type }) => at <= now && type !== 'event.retracted' && type !== 'moment.told',
          )
          const death = { ...event(0, 'moment.told', { kind }, 'death'), at: now }
          const retracted = { ...event(0, 'event.retracted', { id: 'death' }), at: now }
          const say = (...more: readonly CustomerEvent[]) =>
            mayContact(contactPolicyAtFirst, around([...past, ...more]), asked, now)
          const owed = asked.purpose === 'legal' || asked.purpose === 'service'
          expect(say(death).spoke.some(({ rule }) => rule === 'bereavement')).toBe(
            !owed && !past.some(({ type }) => type === 'customer.erased'),
          )
          if (!owed) expect(say(death)).toMatchObject({ allowed: false, nextAllowedAt: null })
          expect(say(death, retracted)).toEqual(say())
        },
      ),
    )
  })

  test('a message that is owed is never held back to spare somebody', () => {
    fc.assert(
      fc.property(anyHistory, fc.constantFrom(...channels), anyNow, (history, channel, now) => {
        const { spoke } = mayContact(contactPolicyAtFirst, around(history), wish({ purpose: 'legal', channel }), now)
        expect(spoke.filter(({ rule }) => rule !== 'erased')).toEqual([])
      }),
    )
  })
})

test.each<[Partial<ContactPolicy>, pointer: string]>([
  [{ restDays: 91 }, '/restDays'],
  [{ exitSilenceDays: 1.5 }, '/exitSilenceDays'],
  [{ tolerance: { phone: 3, email: Number.NaN, post: 10 } }, '/tolerance/email'],
  [{ tolerance: { phone: 33, email: 4, post: 10 } }, '/tolerance/phone'],
  [{ shownUplift: [{ category: ' ', lowerBound: 0.1 }] }, '/shownUplift/0'],
  [{ shownUplift: [{ category: 'plan', lowerBound: Number.NaN }] }, '/shownUplift/0'],
  [{ neverAskedShare: 2 }, '/neverAskedShare'],
  [{ caps: [{ channel: null, per: 'day', max: 99 }] }, '/caps/0/max'],
  [{ holdOuts: [{ experiment: 'x', purposes: ['service'], share: 0.1 }] }, '/holdOuts/0/purposes'],
])('a policy with %j is refused', (change, pointer) =>
  expect(policyProblem({ ...contactPolicyAtFirst, ...change })).toMatchObject({ pointer }),
)

test('the rules at first may go live', () => expect(policyProblem(contactPolicyAtFirst)).toBeNull())
