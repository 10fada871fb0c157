import type { AskingTrial } from '../../../contract/asking-rules.ts'
import { customerKey } from '../../../core/ids.ts'
import { type AskingOccasion, type AskingRules, askingOccasions } from '../../../core/listening/asking-rules.ts'
import { mayAsk } from '../../../core/listening/may-ask.ts'
import { type Said, type WouldAsk, wouldAsk } from '../../../core/listening/would-ask.ts'
import { type Instant, rfc3339 } from '../../../core/time/instant.ts'
import { countActiveCustomers, sampleActiveCustomers } from '../../../store/views/active-view.ts'
import { historiesOf } from '../../histories.ts'
import { circumstancesOf, readSurroundings, type Surroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'
import { refusedCounts } from '../messages/refused-counts.ts'

/** So many customers are looked at; of more, a random sample. */
const CUSTOMERS_MAX = 2_000
const SHOWN_MAX = 50

type Judged = WouldAsk & Readonly<{ customer: string }>

/** Whom rules would have asked from `from` to `to`, had they been in force all along. Nobody is asked. */
export async function tryAsking(
  world: World,
  rules: AskingRules,
  { from, to }: Readonly<{ from: Instant; to: Instant }>,
): Promise<AskingTrial> {
  const surroundings = await readSurroundings(world.db)
  const sample = await sampleActiveCustomers(world.db, from, CUSTOMERS_MAX)
  const judged: Judged[] = []
  const asking = { rules, to, ask: asker(surroundings) }
  for await (const [customer, events] of historiesOf(world.db, sample)) {
    const came = wouldAsk(customerKey(customer), events, asking)
    judged.push(...came.flatMap((one) => (one.at >= from ? [{ ...one, customer }] : [])))
  }
  const asked = judged.filter(({ outcome }) => outcome === 'asked').toSorted((a, b) => b.at - a.at)
  return {
    customers: sample.length < CUSTOMERS_MAX ? sample.length : await countActiveCustomers(world.db, from),
    sampled: sample.length,
    byRule: askingOccasions.flatMap((rule) => (rules.rules[rule].on ? [figuresOf(rule, judged)] : [])),
    wouldAsk: asked.slice(0, SHOWN_MAX).map(({ customer, rule, at }) => ({
      ...{ customer, rule, at: rfc3339(at) },
      kind: rules.rules[rule].kind,
    })),
  }
}

const asker =
  (surroundings: Surroundings): Parameters<typeof wouldAsk>[2]['ask'] =>
  (state, { channel }, now): Said =>
    channel === 'email' && state.person.email === null
      ? { outcome: 'refused', because: 'no-way', againAt: null }
      : mayAsk(surroundings.policy, circumstancesOf(state, [], surroundings), { channel, now })

function figuresOf(rule: AskingOccasion, judged: readonly Judged[]): AskingTrial['byRule'][number] {
  const own = judged.filter((one) => one.rule === rule)
  const refused = own.filter(({ outcome }) => outcome === 'refused')
  return {
    rule,
    occasions: own.length,
    asked: own.filter(({ outcome }) => outcome === 'asked').length,
    neverAsked: own.filter(({ outcome }) => outcome === 'never-asked').length,
    refused: refusedCounts(refused.map(({ because }) => because)),
  }
}
