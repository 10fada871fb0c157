import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day } from '../../../test/arbitrary-history.ts'
import { parseEvent } from '../../contract/ingest.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { foldAll } from '../relationship/relationship.ts'
import { simulatedFirm } from '../simulated-firm/simulated-firm.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { packCovariance } from './coefficient-spread.ts'
import { type LeaveModel, priorModel } from './leave-model.ts'
import { type Score, score, type Unscored, unscored } from './score.ts'
import { scorerOf } from './scorer.ts'

const parsed = (events: readonly unknown[], now: Instant): CustomerEvent[] =>
  events.map((wire) => {
    const read = parseEvent(wire, { now, source: 'test', strict: true })
    if (read.kind === 'refused') throw new Error(read.detail)
    return read.event
  })
const margins = { marginShare: 0.3, discountMonthly: 0.008, currency: 'EUR' }
const norm = { mean: 1, sd: 0.7 }
const calibrated: LeaveModel = {
  ...priorModel,
  version: 7,
  halfLifeDays: 61.5,
  centres: {
    '*': { purchases_ln: 1.2, personal_share: 0.4, effort_ces: 2 },
    a: { purchases_ln: 0.3, personal_share: 0.1, effort_ces: 1 },
  },
  reserve: { tenure_ln: norm, purchases_ln: norm, pos_contacts: norm },
  products: {
    '*': { substitutability: 0.7, competitiveness: 0.2 },
    a: { substitutability: 0.1, competitiveness: 0.9 },
  },
}
// Neighbouring coefficients pull against each other.
const width = 1 + priorModel.sd.length
const sds = [priorModel.intercept.sd, ...priorModel.sd]
const covariance = Float64Array.from({ length: width * width }, (_, k) => {
  const [i, j] = [Math.floor(k / width), k % width]
  return (sds[i] ?? 0) * (sds[j] ?? 0) * (i === j ? 0.5 : Math.abs(i - j) === 1 ? -0.2 : 0)
})
const fitted: LeaveModel = {
  ...calibrated,
  version: 8,
  covariance: packCovariance(covariance),
  buying: { r: 1.4, alpha: 2.7, season: [0.3, -0.2], meanSeason: 1.03 },
}
// Of a log that begins when some of the customers have been there for long.
const fittedLate: LeaveModel = {
  ...fitted,
  version: 9,
  buying: { r: 1.4, alpha: 2.7, season: [0.3, -0.2], meanSeason: 1.03, since: day(40) },
}
const models = [priorModel, calibrated, fitted, fittedLate] as const

function expectSame(quick: Score | Unscored, plain: Score | Unscored): void {
  for (const name of Object.keys(plain) as (keyof Score)[]) {
    const [one, other] = [quick[name], plain[name]]
    if (typeof one !== 'number' || typeof other !== 'number') expect(one, name).toBe(other)
    else
      expect(Math.abs(one - other), `${name}: ${one} and ${other}`).toBeLessThanOrEqual(
        1e-12 * Math.max(1e-300, Math.abs(other), name === 'goodwill' || name === 'linearPredictor' ? 1 : 0),
      )
  }
}

describe('the quick road', () => {
  test('gives what the definition gives, for any history, model, and instant', () => {
    const quick = models.map((model) => scorerOf(model, margins))
    fc.assert(
      fc.property(anyHistory, fc.nat(2), fc.double({ min: 0, max: 500, noNaN: true }), (history, which, days) => {
        const state = foldAll(customerKey('c'), history)
        const at = instant((state.lastAt ?? 0) + Math.round(days * DAY_MS))
        const model = models[which] ?? priorModel
        const found = quick[which]?.score(state, at)
        if (found === undefined) throw new Error('no scorer')
        expectSame(found, state.profilingRefusedAt === null ? score(state, model, margins, at) : unscored(state, at))
      }),
      { numRuns: 400 },
    )
  })

  test.each(['shop', 'contract'] as const)('gives what the definition gives for a simulated %s', (kind) => {
    const endAt = instant(Date.UTC(2026, 5, 1))
    const firm = simulatedFirm({ customers: 300, months: 24, seed: 3, kind, endAt })
    const quick = scorerOf(fitted, margins)
    for (let index = 0; index < 300; index += 1) {
      const customer = firm.customer(index)
      const state = foldAll(customerKey(customer.truth.customer), parsed(customer.events, endAt))
      expectSame(quick.score(state, endAt), score(state, fitted, margins, endAt))
    }
  })
})
