import { checkPartLabel, checkSaid } from '../../contract/check-sentences.ts'
import type { Check, CheckList } from '../../contract/checks.ts'
import type { Locale } from '../../contract/words.ts'
import { type CheckName, checkNames, checkOf } from '../../core/checks/checks.ts'
import { rfc3339 } from '../../core/time/instant.ts'
import { type CheckResult, type PastResult, readNewestResults, readPastResults } from '../../store/check-results.ts'
import type { Tx } from '../../store/db.ts'
import { readSettings } from '../../store/settings.ts'
import { findUnderWay } from '../../store/tasks.ts'

/** Every check as it came out last, with its history. Nothing is computed. */
export async function showChecks(db: Tx, locale: Locale): Promise<CheckList> {
  const [results, past, { currency }, task] = await Promise.all([
    readNewestResults(db),
    readPastResults(db),
    readSettings(db),
    findUnderWay(db, { kind: 'checks', title: 'Checks' }),
  ])
  const checks = checkNames.map((name) =>
    checkView(name, { result: results.find((one) => one.name === name), past, locale, currency }),
  )
  return {
    checks,
    failing: checks.filter(({ state }) => state === 'fails').length,
    currency,
    running: task?.id ?? null,
  }
}

type Told = Readonly<{
  result: CheckResult | undefined
  past: readonly PastResult[]
  locale: Locale
  currency: string
}>

function checkView(name: CheckName, { result, past, locale, currency }: Told): Check {
  const { every, unit, partUnit = unit, range, threshold, page } = checkOf(name)
  const { value = null, low = null, high = null, count = 0, needed = 0, parts = [] } = result?.finding ?? {}
  return {
    name,
    ...checkSaid(locale, name),
    page,
    every,
    unit,
    partUnit,
    range,
    threshold,
    state: result?.finding.state ?? null,
    value,
    low,
    high,
    count,
    needed,
    parts: parts.map((part) => ({ ...part, label: checkPartLabel(locale, name, part.name, currency) })),
    at: result === undefined ? null : rfc3339(result.at),
    asOf: result === undefined ? null : rfc3339(result.asOf),
    since: result === undefined ? null : rfc3339(result.since),
    history: past
      .filter((one) => one.name === name)
      .map((one) => ({ at: rfc3339(one.at), state: one.state, value: one.value })),
  }
}
