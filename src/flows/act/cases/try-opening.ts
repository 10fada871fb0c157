import type { CaseTrial } from '../../../contract/case-rules.ts'
import { type OpeningLaw, openingRules } from '../../../core/cases/case-opening.ts'
import type { CaseRules } from '../../../core/cases/case-rules.ts'
import { type WouldOpen, wouldOpen } from '../../../core/cases/case-trial.ts'
import { type CustomerKey, customerKey } from '../../../core/ids.ts'
import type { CustomerEvent } from '../../../core/relationship/event.ts'
import { type Instant, rfc3339 } from '../../../core/time/instant.ts'
import { countActiveCustomers, sampleActiveCustomers } from '../../../store/views/active-view.ts'
import { readCaseStandards } from '../../case-standards.ts'
import { historiesOf } from '../../histories.ts'
import type { World } from '../../world.ts'

/** So many customers are looked at; of more, a random sample. */
const CUSTOMERS_MAX = 2_000
const SHOWN_MAX = 50
const severities = ['minor', 'major', 'critical'] as const

/** One case on which rules may differ; undefined where a set of rules opens none. */
type Judged = Readonly<{ customer: string; live: WouldOpen | undefined; changed: WouldOpen | undefined }>

/**
 * Which cases changed rules would have opened from `from` to `to`, beside the live ones, each as if it had been in
 * force all along and every event had come when it happened. Nothing is opened.
 */
export async function tryOpening(
  { db }: World,
  rules: CaseRules,
  period: Readonly<{ from: Instant; to: Instant }>,
): Promise<CaseTrial> {
  const standards = await readCaseStandards(db)
  const [live, changed] = [lawOf(standards.rules), lawOf(rules)]
  const sample = await sampleActiveCustomers(db, period.from, CUSTOMERS_MAX)
  const judged: Judged[] = []
  for await (const [customer, events] of historiesOf(db, sample)) {
    judged.push(...judge(customerKey(customer), events, { live, changed, ...period }))
  }
  const differing = judged.filter((one) => one.live?.severity !== one.changed?.severity)
  return {
    customers: sample.length < CUSTOMERS_MAX ? sample.length : await countActiveCustomers(db, period.from),
    sampled: sample.length,
    live: judged.filter((one) => one.live !== undefined).length,
    changed: judged.filter((one) => one.changed !== undefined).length,
    opened: differing.filter((one) => one.live === undefined).length,
    missing: differing.filter((one) => one.changed === undefined).length,
    otherwise: differing.filter((one) => one.live !== undefined && one.changed !== undefined).length,
    byRule: openingRules.map((rule) => ({ rule, ...counts(judged, (one) => one.rule === rule) })),
    bySeverity: severities.map((severity) => ({ severity, ...counts(judged, (one) => one.severity === severity) })),
    differing: differing
      .flatMap(differingView)
      .toSorted((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, SHOWN_MAX),
  }
}

const lawOf = ({ opening, severity }: CaseRules): OpeningLaw => ({ rules: opening.rules, severity })

type Both = Readonly<{ live: OpeningLaw; changed: OpeningLaw; from: Instant; to: Instant }>

function judge(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  { live, changed, from, to }: Both,
): readonly Judged[] {
  const openedBy = (law: OpeningLaw) =>
    new Map(wouldOpen(customer, events, law, to).flatMap((one) => (one.at > from ? [[one.because, one] as const] : [])))
  const [byLive, byChanged] = [openedBy(live), openedBy(changed)]
  return [...new Set([...byLive.keys(), ...byChanged.keys()])].map((because) => ({
    customer,
    live: byLive.get(because),
    changed: byChanged.get(because),
  }))
}

const counts = (judged: readonly Judged[], isMeant: (one: WouldOpen) => boolean) => ({
  live: judged.filter(({ live }) => live !== undefined && isMeant(live)).length,
  changed: judged.filter(({ changed }) => changed !== undefined && isMeant(changed)).length,
})

function differingView({ customer, live, changed }: Judged): CaseTrial['differing'] {
  const one = changed ?? live
  if (one === undefined) return []
  const { at, rule, category } = one
  return [
    { customer, at: rfc3339(at), rule, category, live: live?.severity ?? null, changed: changed?.severity ?? null },
  ]
}
