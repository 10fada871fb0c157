import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { foldAll, type Relationship } from '../relationship/relationship.ts'
import type { EventType } from '../relationship/vocabulary.ts'
import { type Instant, instant } from '../time/instant.ts'
import { covariates, linearPredictor } from './covariates.ts'
import { goodwillEstimate } from './forecast.ts'
import { type LeaveModel, priorModel } from './leave-model.ts'
import { type CovariateName, position } from './leave-priors.ts'

const key = customerKey('c')
const folded = (...events: readonly CustomerEvent[]): Relationship => foldAll(key, events)
const centred: LeaveModel = {
  ...priorModel,
  centres: { '*': { purchases_ln: 0, personal_share: 0, effort_ces: 0 } },
}
const value = (state: Relationship, name: CovariateName, at: Instant, model = centred): number =>
  covariates(state, model, at)[position[name]] ?? Number.NaN

describe('every covariate is finite and within its cap', () => {
  test('over any history', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(500), (history, days) => {
        const state = foldAll(key, history)
        const x = covariates(state, centred, instant((state.lastAt ?? 0) + days * 86_400_000))
        expect(x.every(Number.isFinite)).toBe(true)
        const caps = {
          fail_minor: 3,
          fail_major: 3,
          fail_critical: 2,
          apology_repeat: 3,
          pos_contacts: 5,
          contacts_extra: 3,
          transfers: 3,
          channel_switches: 3,
          offers_excess: 6,
          promise_broken: 3,
          promise_exceeded: 3,
          public_negative: 1,
        } as const
        for (const [name, most] of Object.entries(caps))
          expect(x[position[name as CovariateName]], name).toBeLessThanOrEqual(most)
      }),
    )
  })
})

const failure = (days: number, name: string, more: object = {}) =>
  event(days, 'failure.occurred', { failure: name, severity: 'major', ...more })
const on = (days: number, type: EventType, more: object = {}) => event(days, type, { failure: 'f', ...more })

describe('definitions', () => {
  test('tenure is ln((1 + months) / 13)', () => {
    const state = folded(event(0, 'order.placed', { order: 'o' }))
    expect(value(state, 'tenure_ln', day(12 * 30.4375))).toBeCloseTo(0, 12)
    expect(value(state, 'tenure_ln', day(0))).toBeCloseTo(Math.log(1 / 13), 12)
  })

  test('a fixed term counts until it ends', () => {
    const state = folded(event(0, 'subscription.started', { subscription: 's', fixedUntil: '2024-01-31T00:00:00Z' }))
    expect([day(29), day(30)].map((at) => value(state, 'in_fixed_term', at))).toEqual([1, 0])
  })

  test('paid orders and periods of 12 months', () => {
    const state = folded(event(0, 'order.placed', { order: 'o' }), event(10, 'order.placed', { order: 'p' }))
    expect(value(state, 'purchases_ln', day(20))).toBeCloseTo(Math.log(3), 12)
    expect(value(state, 'purchases_ln', day(366))).toBeCloseTo(Math.log(2), 12)
    const member = folded(event(0, 'subscription.started', { subscription: 's' }))
    expect(value(member, 'purchases_ln', day(65))).toBeCloseTo(Math.log(4), 12)
  })

  test.each<[string, readonly CustomerEvent[], CovariateName, Instant, number]>([
    ['a fix overdue', [failure(0, 'f', { promisedFixBy: '2024-01-03T00:00:00Z' })], 'miss_fix', day(3), 1],
    ['a fix not due', [failure(0, 'f', { promisedFixBy: '2024-01-09T00:00:00Z' })], 'miss_fix', day(3), 0],
    ['a fix done late', [failure(0, 'f'), on(30, 'failure.fixed')], 'miss_fix', day(31), 0],
    ['closed without a fix', [failure(0, 'f'), on(1, 'failure.closed', { fixed: false })], 'miss_fix', day(1), 1],
    ['closed, not confirmed', [failure(0, 'f'), on(1, 'failure.closed', { fixed: true })], 'unconfirmed', day(1), 1],
    ['acknowledged late', [failure(0, 'f'), on(2, 'failure.acknowledged')], 'miss_ack', day(3), 1],
    ['acknowledged in time', [failure(0, 'f'), on(0.5, 'failure.acknowledged')], 'miss_ack', day(3), 0],
    [
      'two owners',
      [failure(0, 'f'), on(1, 'failure.owned', { owner: 'a' }), on(2, 'failure.owned', { owner: 'b' })],
      'miss_owner',
      day(2),
      1,
    ],
    [
      'one owner twice',
      [failure(0, 'f'), on(1, 'failure.owned', { owner: 'a' }), on(2, 'failure.owned', { owner: 'a' })],
      'miss_owner',
      day(2),
      0,
    ],
    [
      'story told again',
      [
        failure(0, 'f'),
        event(1, 'contact.opened', { contact: 'k', issue: 'f' }),
        event(1.1, 'contact.handled', { contact: 'k', repeatedStory: true }),
      ],
      'miss_owner',
      day(2),
      1,
    ],
    [
      'no apology due from others',
      [failure(0, 'f', { atFault: 'third party' }), on(1, 'failure.closed')],
      'miss_apology',
      day(2),
      0,
    ],
    ['no apology at the end', [failure(0, 'f'), on(1, 'failure.closed')], 'miss_apology', day(1), 1],
    [
      'two more apologies',
      [failure(0, 'f'), on(1, 'failure.apologised'), on(2, 'failure.apologised'), on(3, 'failure.apologised')],
      'apology_repeat',
      day(4),
      2,
    ],
    [
      'eight times later than promised',
      [failure(0, 'f', { promisedFixBy: '2024-01-02T00:00:00Z' })],
      'lateness',
      day(8),
      3,
    ],
    [
      'half the promised time',
      [failure(0, 'f', { promisedFixBy: '2024-01-05T00:00:00Z' }), on(2, 'failure.fixed')],
      'lateness',
      day(2),
      -1,
    ],
    [
      'half of the loss paid',
      [failure(0, 'f', { loss: 200 }), on(1, 'failure.compensated', { value: 100 }), on(2, 'failure.closed')],
      'comp_short',
      day(2),
      0.5,
    ],
    [
      'twice the loss paid',
      [failure(0, 'f', { loss: 200 }), on(1, 'failure.compensated', { value: 400 })],
      'comp_over',
      day(2),
      0.8,
    ],
    ['second failure in 90 days', [failure(0, 'f'), failure(90, 'g')], 'second_fail_90d', day(179), 1],
    ['second failure forgotten', [failure(0, 'f'), failure(90, 'g')], 'second_fail_90d', day(181), 0],
    ['second failure too late', [failure(0, 'f'), failure(91, 'g')], 'second_fail_90d', day(92), 0],
    [
      'the same cause',
      [failure(0, 'f', { rootCause: 'x' }), failure(200, 'g', { rootCause: 'x' })],
      'same_cause_repeat',
      day(201),
      1,
    ],
    [
      'four contacts',
      [0, 1, 2, 3].map((index) => event(index, 'contact.opened', { contact: `k${index}` })),
      'contacts_ge4',
      day(5),
      1,
    ],
    [
      'contacts on one issue',
      [0, 1, 2].map((index) => event(index, 'contact.opened', { contact: `k${index}`, issue: 'i' })),
      'contacts_extra',
      day(5),
      2,
    ],
    [
      'an offer after an explicit no',
      [
        event(0, 'offer.sent', { offer: 'o' }),
        event(1, 'offer.declined', { offer: 'o', never: true }),
        event(2, 'offer.sent', { offer: 'p' }),
      ],
      'offers_excess',
      day(2),
      1,
    ],
    ['an unasked pitch', [event(0, 'offer.sent', { offer: 'o', purpose: 'retention' })], 'proactive_pitch', day(89), 1],
    [
      'an asked pitch',
      [event(0, 'offer.sent', { offer: 'o', purpose: 'upsell', asked: true })],
      'proactive_pitch',
      day(1),
      0,
    ],
    [
      'a public post of his own',
      [event(0, 'post.published', { negative: true, linkedBy: 'customer' })],
      'public_negative',
      day(90),
      0.5,
    ],
    [
      'a public post somebody guessed',
      [event(0, 'post.published', { negative: true, linkedBy: 'firm' })],
      'public_negative',
      day(1),
      0,
    ],
    [
      'an answer at the top',
      [event(0, 'survey.answered', { survey: 's', kind: 'csat', score: 5 })],
      'sat_top',
      day(1),
      1,
    ],
    [
      'hard to get help',
      [event(0, 'survey.answered', { survey: 's', kind: 'ces', score: 2 })],
      'effort_ces',
      day(1),
      5,
    ],
    ['no answer for two weeks', [event(0, 'survey.invited', { survey: 's', kind: 'nps' })], 'sat_missing', day(14), 1],
    [
      'follow-up missed on day 14',
      [failure(0, 'f'), on(1, 'failure.closed')],
      'miss_followup',
      day(15),
      2 ** (-14 / 90),
    ],
    [
      'follow-up in its window',
      [failure(0, 'f'), on(1, 'failure.closed'), on(5, 'failure.followed_up')],
      'miss_followup',
      day(20),
      0,
    ],
  ])('%s', (_, events, name, at, expected) => {
    expect(value(folded(...events), name, at)).toBeCloseTo(expected, 12)
  })
})

test('the due time itself is still in time', () => {
  const state = folded(event(0, 'promise.made', { promise: 'p', due: '2024-01-03T00:00:00Z' }))
  expect([day(1.5), day(2)].map((at) => value(state, 'promise_broken', at))).toEqual([0, 0])
  expect(value(state, 'promise_broken', instant(day(2) + 1))).toBeCloseTo(1, 6)
  const kept = (days: number) =>
    folded(
      event(0, 'promise.made', { promise: 'p', due: '2024-01-03T00:00:00Z' }),
      event(days, 'promise.kept', { promise: 'p' }),
    )
  expect(value(kept(2), 'promise_broken', day(3))).toBe(0)
  expect(value(kept(92), 'promise_broken', day(92))).toBeCloseTo(0.5, 12)
})

describe('nothing after the first intent to leave enters a feature (trap T4)', () => {
  const before = [event(0, 'order.placed', { order: 'o' }), failure(5, 'f'), event(20, 'exit.requested', {})]
  const after = [
    event(21, 'contact.opened', { contact: 'a' }),
    event(22, 'contact.handled', { contact: 'a', human: true, transferred: true }),
    failure(23, 'g'),
    event(24, 'survey.answered', { survey: 's', kind: 'ces', score: 1 }),
    event(25, 'exit.ended', {}),
  ]

  test('what follows changes no covariate, and time stands still', () => {
    const cut = covariates(folded(...before), centred, day(20))
    expect(covariates(folded(...before, ...after), centred, day(400))).toEqual(cut)
  })

  test('the word of leaving is not in it either', () => {
    const start = event(0, 'subscription.started', { subscription: 's', fixedUntil: '2030-01-01T00:00:00Z' })
    const left = folded(start, event(65, 'subscription.ended', { subscription: 's', by: 'customer' }))
    expect(value(left, 'in_fixed_term', day(65))).toBe(1)
    expect(value(left, 'purchases_ln', day(400))).toBeCloseTo(Math.log(4), 12)
  })

  test('until a new order begins the relation again', () => {
    const back = folded(...before, ...after, event(30, 'order.placed', { order: 'p' }))
    expect(value(back, 'transfers', day(31))).toBe(1)
    expect(value(back, 'tenure_ln', day(30))).toBeCloseTo(Math.log(1 / 13), 12)
  })

  test('over any history with an exit request in it', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 0, max: 900 }), (history, days) => {
        const stays = history.filter(
          ({ type }) => !/^(subscription\.|order\.placed|winback\.accepted|exit\.|event\.retracted)/.test(type),
        )
        const cut = event(days, 'exit.requested', {}, 'cut')
        const early = stays.filter((one) => one.at < cut.at)
        // A profile or an erasure says who it is, not what he did; both may come late.
        const late = stays.filter((one) => one.at > cut.at)
        const at = day(1_000)
        expect(covariates(foldAll(key, [...early, cut, ...late]), centred, at)).toEqual(
          covariates(foldAll(key, [...early, cut]), centred, at),
        )
      }),
    )
  })
})

describe('missing a step never raises goodwill', () => {
  const steps = [
    on(0.5, 'failure.acknowledged'),
    on(1, 'failure.apologised'),
    on(2, 'failure.compensated', { value: 5_000 }),
    on(3, 'failure.fixed'),
    on(4, 'failure.confirmed', { satisfied: true }),
    on(10, 'failure.followed_up'),
  ]

  test('whichever steps are left out, at any time after', () => {
    fc.assert(
      fc.property(fc.subarray(steps), fc.nat(5), fc.integer({ min: 11, max: 400 }), (done, dropped, days) => {
        const base = [
          failure(0, 'f', { loss: 5_000, promisedFixBy: '2024-01-04T00:00:00Z' }),
          on(5, 'failure.closed', { fixed: done.some((one) => one.type === 'failure.fixed') }),
        ]
        const less = done.filter((_, index) => index !== dropped)
        const closedLess = [
          base[0] as CustomerEvent,
          on(5, 'failure.closed', { fixed: less.some((one) => one.type === 'failure.fixed') }),
        ]
        const more = goodwillEstimate(folded(...base, ...done), priorModel, day(days)).value
        expect(goodwillEstimate(folded(...closedLess, ...less), priorModel, day(days)).value).toBeLessThanOrEqual(
          more + 1e-12,
        )
      }),
    )
  })
})

test('the linear predictor of a customer of whom nothing is known is that of a new one', () => {
  expect(linearPredictor(foldAll(key, []), priorModel, day(0))).toBeCloseTo(-3.9 + 0.25 * Math.log(13), 12)
})
