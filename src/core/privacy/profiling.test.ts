import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { proposeRemedy, usualRemedyPolicy, worthOf } from '../cases/remedy.ts'
import { priorModel } from '../goodwill/leave-model.ts'
import { standing } from '../goodwill/score.ts'
import { scorerOf } from '../goodwill/scorer.ts'
import { stepCosts } from '../goodwill/step-cost.ts'
import { priorHazard } from '../hazard/hazard-model.ts'
import { retaliationChance } from '../hazard/retaliation.ts'
import { winBackChance } from '../hazard/win-back.ts'
import { customerKey } from '../ids.ts'
import { foldAll, inForce } from '../relationship/relationship.ts'
import { refusesProfiling } from './profiling.ts'

const margins = { marginShare: 0.3, discountMonthly: 0.008, currency: 'EUR' }
const scorer = scorerOf(priorModel, margins)
const at = day(1_000)
const says = (granted: boolean, days: number) =>
  event(days, 'consent.changed', { channel: 'web', purpose: 'profiling', granted })
const bought = event(0, 'order.placed', { order: 'first', value: 4_000 }, 'first')
const stateOf = (...events: readonly ReturnType<typeof event>[]) => foldAll(customerKey('c'), events)

test('whatever happened, an objection leaves nothing foretold, and what happened stays told', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const state = stateOf(...history, says(false, 990))
      const figures = Object.fromEntries(Object.entries(scorer.score(state, at)).filter(([, value]) => value === null))
      for (const name of ['goodwill', 'linearPredictor', 'stay', 'stayLow', 'stayHigh', 'valueMinor', 'atStakeMinor'])
        expect(figures).toHaveProperty(name, null)
      expect(scorer.score(state, at)).toMatchObject(standing(state, at))
      expect(retaliationChance(state, priorHazard('retaliation'), priorModel, at)).toBeNull()
      expect(winBackChance(state, priorHazard('winback'))).toBeNull()
      for (const { failure } of state.facts.failures) {
        const question = { state, failure, model: priorModel, margins, at, policy: usualRemedyPolicy, harm: null }
        expect(stepCosts(state, failure, priorModel, margins, at)).toEqual([])
        expect(worthOf({ ...question, preferredChannel: null }, 500).kind).toBe('unknown')
        const proposal = proposeRemedy({ ...question, preferredChannel: null })
        if (proposal.kind === 'proposed') expect(proposal.options).toEqual([])
      }
    }),
  )
})

test('an objection that is taken back leaves every figure as if it had never been made', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const events = [bought, ...history.filter(({ type }) => type !== 'consent.changed' && type !== 'event.retracted')]
      const [before, after] = [stateOf(...events), stateOf(...events, says(false, 980), says(true, 990))]
      expect(scorer.score(after, at)).toEqual(scorer.score(before, at))
    }),
  )
})

test('an objection outlasts any number of other words, and is learned from as little as it is scored', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const state = stateOf(...history)
      expect(refusesProfiling(inForce(history))).toBe(state.profilingRefusedAt !== null)
    }),
  )
  const words = Array.from({ length: 40 }, (_, nth) =>
    event(nth + 2, 'consent.changed', { channel: 'email', purpose: `p${nth}`, granted: true }, `w${nth}`),
  )
  expect(stateOf(bought, says(false, 1), ...words).profilingRefusedAt).toBe(day(1))
})

test('an objection to profiling says no to no channel', () => {
  const { consents, facts } = stateOf(bought, says(false, 1))
  expect([consents, facts.refusals]).toEqual([[], []])
})

test('the remedy of who objects is the middle of what the scale gives everybody', () => {
  const failure = event(10, 'failure.occurred', { failure: 'f', severity: 'critical', loss: 1_000 })
  const question = { failure: 'f', model: priorModel, margins, at: day(11), policy: usualRemedyPolicy, harm: null }
  const proposed = proposeRemedy({
    ...question,
    state: stateOf(bought, failure, says(false, 11)),
    preferredChannel: null,
  })
  expect(proposed).toMatchObject({
    range: { lowMinor: 1_000, highMinor: 1_500 },
    amountMinor: 1_250,
    urgency: 'at once',
  })
})
