/** Whom rules on asking would have asked, had they been in force all along: one customer's history gone through again. */

import type { CustomerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { fold, inForce, initial, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'
import { joining, ringUntil } from '../time/waiting-line.ts'
import type { AskingOccasion, AskingRule, AskingRules } from './asking-rules.ts'
import type { MayAsk } from './may-ask.ts'
import { monthOf, type Occasion, occasionOf } from './occasion.ts'

/** What is said of asking somebody: by the contact policy, or because there is no way to. */
export type Said = Pick<MayAsk, 'outcome' | 'againAt'> & Readonly<{ because: string | null }>

/** What would have come of one occasion. */
export type WouldAsk = Readonly<{ rule: AskingOccasion; at: Instant; outcome: Said['outcome']; because: string | null }>

type Asking = Readonly<{
  rules: AskingRules
  to: Instant
  ask: (state: Relationship, rule: AskingRule, at: Instant) => Said
}>

/** Where the history has come to: the customer by then, occasions that wait, and what came so far. */
type Going = {
  state: Relationship
  waiting: readonly Occasion[]
  readonly known: Set<string>
  readonly lastOf: Map<AskingOccasion, Instant>
  lastAskedAt: Instant | null
  readonly came: WouldAsk[]
}

/**
 * Every occasion whose time came before `to`, in order, with what would have come of it. Invitations that we sent
 * ourselves are left out: in their place stand those of these rules.
 */
export function wouldAsk(customer: CustomerKey, events: readonly CustomerEvent[], asking: Asking): readonly WouldAsk[] {
  const going: Going = {
    state: initial(customer),
    waiting: [],
    known: new Set(),
    lastOf: new Map(),
    lastAskedAt: null,
    came: [],
  }
  const heed = (occasion: Occasion) => ring(occasion, going, asking)
  for (const event of inForce(events)) {
    if (event.at >= asking.to) break
    ringUntil(event.at, going, heed)
    if (event.type === 'survey.invited' && event.source === OWN) continue
    going.state = fold(going.state, event)
    const occasion = occasionOf(event, asking.rules, event.at)
    if (occasion !== null) wait(occasion, going)
  }
  ringUntil(asking.to, going, heed)
  return going.came
}

/** As the source of our own events. */
const OWN = 'amends'

/** Somebody is asked about a thing once, whatever events tell of it. */
function wait(occasion: Occasion, going: Going): void {
  if (going.known.has(occasion.name)) return
  going.known.add(occasion.name)
  going.waiting = joining(going.waiting, occasion)
}

function ring(occasion: Occasion, going: Going, { rules, ask }: Asking): void {
  const { rule: name, wakeAt: at } = occasion
  const rule = rules.rules[name]
  const { facts } = going.state
  if (name === 'subscription month') {
    const running = facts.subscriptions.find(({ subscription }) => subscription === occasion.about)
    if (running === undefined) return
    wait(monthOf(running, { ...rule, everyMonths: rules.everyMonths, after: at }), going)
  }
  const last = going.lastOf.get(name)
  if (last !== undefined && at - last < rule.restDays * DAY_MS) {
    going.came.push({ rule: name, at, outcome: 'refused', because: 'rule-rest' })
    return
  }
  const lastInvitedAt = laterOf(facts.lastInvitedAt, going.lastAskedAt)
  const said = ask({ ...going.state, facts: { ...facts, lastInvitedAt } }, rule, at)
  if (said.againAt !== null) {
    going.waiting = joining(going.waiting, { ...occasion, wakeAt: said.againAt })
    return
  }
  if (said.outcome !== 'refused') going.lastOf.set(name, at)
  if (said.outcome === 'asked') going.lastAskedAt = at
  going.came.push({ rule: name, at, outcome: said.outcome, because: said.because })
}

const laterOf = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || (other !== null && other > one) ? other : one
