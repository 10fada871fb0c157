/** How bad a failure that a rule infers, or somebody tells by hand, is taken to be, so that like failures are called alike. */
import type { Severity } from '../relationship/failure.ts'
import { DAY_MS } from '../time/instant.ts'

/** What a severity is proposed by. Amounts are in minor units of the firm's currency. */
export type SeverityRules = Readonly<{
  /** A delivery that is late by more days than this is major, by less minor. */
  veryLateDays: number
  /** A documented loss from which on a failure is at least major, or critical. */
  majorLossMinor: number
  criticalLossMinor: number
  /** What a category is at least; every other begins as minor. */
  categories: readonly Readonly<{ category: string; severity: Severity }>[]
}>

/** What a firm starts with; ours, not from any law. */
export const severityAtFirst: SeverityRules = {
  veryLateDays: 3,
  majorLossMinor: 5_000,
  criticalLossMinor: 50_000,
  categories: [
    { category: 'dispute', severity: 'critical' },
    { category: 'public post', severity: 'major' },
    { category: 'outage', severity: 'major' },
    { category: 'not delivered', severity: 'major' },
    { category: 'lost or damaged', severity: 'major' },
  ],
}

const order: readonly Severity[] = ['minor', 'major', 'critical']

/** A category however somebody writes it. */
export const plainCategory = (category: string): string => category.toLowerCase().replaceAll(/[_-]+/g, ' ').trim()

/** What is known of a failure when its severity is proposed; `lateMs` of a delivery. */
export type Known = Readonly<{ category: string | null; lossMinor?: number | null; lateMs?: number }>

/** The severity that the rules propose: the worst of what the category, the loss and the lateness say. */
export function severityProposed({ category, lossMinor, lateMs = 0 }: Known, rules: SeverityRules): Severity {
  const name = plainCategory(category ?? '')
  const said = rules.categories.find((one) => plainCategory(one.category) === name)?.severity ?? 'minor'
  const loss = lossMinor ?? 0
  const lost = loss >= rules.criticalLossMinor ? 'critical' : loss >= rules.majorLossMinor ? 'major' : 'minor'
  const late = lateMs > rules.veryLateDays * DAY_MS ? 'major' : 'minor'
  return order[Math.max(order.indexOf(said), order.indexOf(lost), order.indexOf(late))] ?? 'minor'
}
