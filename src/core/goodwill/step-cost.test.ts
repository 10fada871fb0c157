import { describe, expect, test } from 'vitest'
import { day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { priorModel } from './leave-model.ts'
import { position } from './leave-priors.ts'
import { stepCosts } from './step-cost.ts'

const margins = { marginShare: 0.3, discountMonthly: 0.008, currency: 'EUR' }
const member = event(0, 'subscription.started', { subscription: 's', monthlyValue: 4_000 })
const failed = event(400, 'failure.occurred', {
  failure: 'f',
  severity: 'critical',
  loss: 5_000,
  promisedFixBy: '2025-02-08T00:00:00Z',
})
const costs = (...events: Parameters<typeof event>[]) => {
  const state = foldAll(customerKey('c'), [member, failed, ...events.map((one) => event(...one))])
  return stepCosts(state, 'f', priorModel, margins, day(400.5))
}

describe('what a step that is not done costs', () => {
  test('every owed step has a cost, with an interval around it', () => {
    const found = costs()
    expect(found.map(({ step, how }) => `${step} ${how}`)).toEqual([
      'acknowledge skipped',
      'own skipped',
      'apologise skipped',
      'fix skipped',
      'fix late',
      'compensate skipped',
      'confirm skipped',
      'follow up skipped',
    ])
    for (const { stay, valueMinor } of found) {
      expect(stay.value).toBeGreaterThan(0)
      expect(valueMinor.value).toBeGreaterThan(0)
      expect(stay.low).toBeLessThanOrEqual(stay.value)
      expect(stay.high).toBeGreaterThanOrEqual(stay.value)
    }
  })

  test('leaving it unfixed costs most, and being late costs less than that', () => {
    const found = costs()
    const of = (name: string) => found.find(({ step, how }) => `${step} ${how}` === name)?.valueMinor.value ?? 0
    for (const { valueMinor } of found) expect(valueMinor.value).toBeLessThanOrEqual(of('fix skipped'))
    expect(of('fix late')).toBeLessThan(of('fix skipped'))
  })

  test('a step that is done costs nothing any more', () => {
    const steps = costs([400.2, 'failure.apologised', { failure: 'f' }], [400.2, 'failure.fixed', { failure: 'f' }])
    expect(steps.map(({ step }) => step)).toEqual(['own', 'compensate', 'confirm', 'follow up'])
  })

  test('what is late already costs nothing more to skip', () => {
    const state = foldAll(customerKey('c'), [member, failed])
    const found = stepCosts(state, 'f', priorModel, margins, day(402))
    expect(found.find(({ step }) => step === 'acknowledge')?.stay.value).toBe(0)
  })

  test('a slope of nothing makes a step cost nothing', () => {
    const mean = priorModel.mean.map((value, index) => (index === position.miss_apology ? 0 : value))
    const state = foldAll(customerKey('c'), [member, failed])
    const found = stepCosts(state, 'f', { ...priorModel, mean }, margins, day(400.5))
    expect(found.find(({ step }) => step === 'apologise')?.stay.value).toBe(0)
  })

  test('there is none for a failure that is not known, and for a customer who has left', () => {
    const state = foldAll(customerKey('c'), [member, failed])
    expect(stepCosts(state, 'g', priorModel, margins, day(400.5))).toEqual([])
    expect(costs([400.2, 'exit.ended', {}])).toEqual([])
  })
})
