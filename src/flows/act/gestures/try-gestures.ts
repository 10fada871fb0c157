import type { GestureTrial } from '../../../contract/gesture-rules.ts'
import { type GestureRules, isReached } from '../../../core/gestures/gesture-rules.ts'
import { isHeldOut, type MayMake, mayMakeGesture } from '../../../core/gestures/may-make-gesture.ts'
import { moments } from '../../../core/gestures/told-moment.ts'
import { type WouldGive, wouldGive } from '../../../core/gestures/would-give.ts'
import { customerKey } from '../../../core/ids.ts'
import { type Instant, rfc3339 } from '../../../core/time/instant.ts'
import { zoneOrUtc } from '../../../core/time/zone.ts'
import { readSettings } from '../../../store/settings.ts'
import { countTellers, sampleTellers } from '../../../store/views/gestures-view.ts'
import { budgetMonth, restBegan } from '../../gesture-rules.ts'
import { historiesOf } from '../../histories.ts'
import { circumstancesOf, readSurroundings, type Surroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'
import { refusedCounts } from '../messages/refused-counts.ts'

/** So many customers are looked at; of more, a random sample. */
const CUSTOMERS_MAX = 2_000
const SHOWN_MAX = 50

type Judged = WouldGive & Readonly<{ customer: string }>

/** What rules would have given from `from` to `to`, had they been in force all along. Nothing is given. */
export async function tryGestures(
  world: World,
  rules: GestureRules,
  { from, to }: Readonly<{ from: Instant; to: Instant }>,
): Promise<GestureTrial> {
  const surroundings = await readSurroundings(world.db)
  const { currency } = await readSettings(world.db)
  const sample = await sampleTellers(world.db, CUSTOMERS_MAX)
  const customers = sample.length < CUSTOMERS_MAX ? sample.length : await countTellers(world.db)
  const judged: Judged[] = []
  const asking = { ...asker(rules, surroundings), rules, to }
  for await (const [customer, events] of historiesOf(world.db, sample)) {
    const came = wouldGive(customerKey(customer), events, asking)
    judged.push(...came.flatMap((one) => (one.at >= from ? [{ ...one, customer }] : [])))
  }
  // A sample spends of its share of the budget.
  const share = customers === 0 ? 1 : sample.length / customers
  const spent = withinBudget(judged, rules, { zone: surroundings.zone, share })
  const given = spent.filter((one) => one.because === null && !one.heldOut).toSorted((a, b) => b.at - a.at)
  return {
    ...{ customers, sampled: sample.length, currency },
    byRule: moments.flatMap((rule) => (rules.rules[rule].on ? [figuresOf(rule, spent, rules)] : [])),
    wouldGive: given.slice(0, SHOWN_MAX).map(({ customer, moment, at }) => ({
      ...{ customer, rule: moment, at: rfc3339(at) },
      gesture: rules.rules[moment].gesture,
    })),
  }
}

function asker(rules: GestureRules, surroundings: Surroundings) {
  const zone = zoneOrUtc(surroundings.zone)
  const around = (state: Parameters<typeof circumstancesOf>[0]) => circumstancesOf(state, [], surroundings)
  return {
    zone,
    ask: (state: Parameters<typeof around>[0], { gesture }: GestureRules['rules']['move'], now: Instant): MayMake => {
      const may = mayMakeGesture(surroundings.policy, around(state), { gesture, byHand: false, about: null, now })
      return may.because === null && !isReached(state.person, gesture) ? { because: 'no-way', againAt: null } : may
    },
    isHeldOut: (state: Parameters<typeof around>[0]) => isHeldOut(around(state), rules.holdOutShare),
    restBefore: (at: Instant) => restBegan(zone, at, rules),
  }
}

/** In order of time, and of keys where it is the same, what the budgets of each month would not have held is not given. */
function withinBudget(
  judged: readonly Judged[],
  rules: GestureRules,
  { zone, share }: Readonly<{ zone: string; share: number }>,
): readonly Judged[] {
  const spent = new Map<string, number>()
  return judged
    .toSorted((a, b) => a.at - b.at || (a.customer < b.customer ? -1 : 1))
    .map((one) => {
      const { costMinor, team } = rules.rules[one.moment]
      if (one.because !== null || costMinor === 0) return one
      const month = budgetMonth(zone, one.at)
      const [all, own] = [`${month}`, `${month} ${team}`]
      const passes = (name: string, budget: number) => (spent.get(name) ?? 0) + costMinor > budget * share
      if (passes(all, rules.firmMonthMinor)) return { ...one, because: 'budget' as const, heldOut: false }
      if (team !== null && passes(own, rules.teamMonthMinor[team] ?? Number.POSITIVE_INFINITY))
        return { ...one, because: 'team-budget' as const, heldOut: false }
      if (!one.heldOut) for (const name of [all, own]) spent.set(name, (spent.get(name) ?? 0) + costMinor)
      return one
    })
}

function figuresOf(
  rule: WouldGive['moment'],
  judged: readonly Judged[],
  rules: GestureRules,
): GestureTrial['byRule'][number] {
  const own = judged.filter(({ moment }) => moment === rule)
  const open = own.filter(({ because }) => because === null)
  const given = open.filter(({ heldOut }) => !heldOut).length
  return {
    rule,
    occasions: own.length,
    given,
    heldOut: open.length - given,
    costMinor: given * rules.rules[rule].costMinor,
    refused: refusedCounts(own.flatMap(({ because }) => (because === null ? [] : [because]))),
  }
}
