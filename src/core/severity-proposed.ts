/** How bad a failure that somebody tells by hand is taken to be, so that like failures are called alike. */
import type { Severity } from './failure.ts'

/** A documented loss from which on a failure is at least major, or critical. In minor units; ours, not from any law. */
const MAJOR_LOSS_MINOR = 5_000
const CRITICAL_LOSS_MINOR = 50_000

/** As the rules that open cases from events have them; every other category begins as minor. */
const byCategory: Readonly<Record<string, Severity>> = {
  dispute: 'critical',
  'public post': 'major',
  outage: 'major',
  'not delivered': 'major',
  'lost or damaged': 'major',
}

const order: readonly Severity[] = ['minor', 'major', 'critical']

/** The severity that the rule proposes: the worse of what the category and what the loss say. */
export function severityProposed({
  category,
  lossMinor,
}: Readonly<{ category: string | null; lossMinor: number | null }>): Severity {
  const name = (category ?? '').toLowerCase().replaceAll(/[_-]+/g, ' ').trim()
  const said = Object.hasOwn(byCategory, name) ? (byCategory[name] ?? 'minor') : 'minor'
  const loss = lossMinor ?? 0
  const lost = loss >= CRITICAL_LOSS_MINOR ? 'critical' : loss >= MAJOR_LOSS_MINOR ? 'major' : 'minor'
  return order[Math.max(order.indexOf(said), order.indexOf(lost))] ?? 'minor'
}
