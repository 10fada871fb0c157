import { randomUUID } from 'node:crypto'
import type { Liability } from '../../../contract/liability.ts'
import { type CheckName, checkNames, type Finding, isDue } from '../../../core/checks/checks.ts'
import { equalTreatment } from '../../../core/checks/equal-treatment.ts'
import { likeCases } from '../../../core/checks/like-cases.ts'
import {
  calibrationCheck,
  learnedShare,
  priorConflict,
  type Reported,
  redemptionCheck,
} from '../../../core/checks/model-checks.ts'
import { serviceFloor, type ValuedFailure } from '../../../core/checks/service-floor.ts'
import {
  apologies,
  complaintsCheck,
  dueDates,
  overdueRequests,
  reopened,
  severityChanges,
} from '../../../core/checks/work-checks.ts'
import { modelKinds } from '../../../core/learning/fit-report.ts'
import { DAY_MS, type Instant, instant } from '../../../core/time/instant.ts'
import { addResult, type CheckResult, readNewestResults } from '../../../store/check-results.ts'
import type { Tx } from '../../../store/db.ts'
import { findForecast } from '../../../store/forecasts.ts'
import { findLiveModel, findNewestModel, readLastFitAt } from '../../../store/models.ts'
import { readSettings } from '../../../store/settings.ts'
import { countStates } from '../../../store/states.ts'
import { addTaskOnce } from '../../../store/tasks.ts'
import { readAsOf } from '../../../store/views/as-of-view.ts'
import {
  countOpenRequests,
  countReopened,
  readLetDownKeys,
  readSeverities,
  readValuedStates,
} from '../../../store/views/checks-view.ts'
import { readComplaintWeeks } from '../../../store/views/listening-view.ts'
import { emit } from '../../emit.ts'
import type { World } from '../../world.ts'
import { workOutEquality } from './work-out-equality.ts'

/** Let-downs of so many days are looked at, those of the newest customers first, at most so many. */
const DAYS = 90
const LET_DOWNS_MAX = 20_000
const PAGE = 500
const REOPENED_DAYS = 14
const SEVERITY_DAYS = 30
/** As on the page on listening: a complaint may come so many days after what went wrong. */
const COMPLAINT_DAYS = 14
const COMPLAINT_WEEKS = 16

/** The task that runs checks. */
export const CHECKS = { kind: 'checks', title: 'Checks' } as const

/** What is told while checks run, and the wish to stop. */
type Run = Readonly<{ signal: AbortSignal; progress?: (done: number, total: number) => void }>

/** Runs these checks, keeps what each found, and tells other systems of each that fails anew. Answers what was found. */
export async function runChecks(world: World, names: readonly CheckName[], run: Run): Promise<readonly CheckResult[]> {
  const at = world.now()
  const asOf = await readAsOf(world.db, at)
  const before = new Map((await readNewestResults(world.db)).map((one) => [one.name, one]))
  const looking = evidenceOf(world, { asOf, now: at, signal: run.signal })
  const found: CheckResult[] = []
  for (const name of names) {
    if (run.signal.aborted) break
    run.progress?.(found.length, names.length)
    const finding = await findings[name](looking)
    // Broken off, it has looked at a part of what it should.
    if (run.signal.aborted) break
    const last = before.get(name)
    const since = last?.finding.state === finding.state ? last.since : at
    const result = { name, at, asOf, since, finding }
    await world.db.transaction(async (tx) => {
      await addResult(tx, result)
      if (finding.state !== 'fails' || last?.finding.state === 'fails') return
      const { value, low, high, count } = finding
      await emit(world, tx, { type: 'check.failed', customer: null, data: { check: name, value, low, high, count } })
    })
    found.push(result)
  }
  return found
}

/** Which checks are due now; none before there is any customer. */
export async function checksDue({ db, now }: World): Promise<readonly CheckName[]> {
  const results = await readNewestResults(db)
  const fitAt = await readLastFitAt(db)
  const due = checkNames.filter((name) => {
    const last = results.find((one) => one.name === name)
    return isDue(name, last && { at: last.at, state: last.finding.state }, now(), fitAt)
  })
  // Counting everybody takes a while: it is asked last.
  return due.length === 0 || (await countStates(db)) === 0 ? [] : due
}

/** Leaves one check to the next worker that is free, unless checks are planned already. */
export const planCheck = (tx: Tx, check: CheckName): Promise<void> =>
  addTaskOnce(tx, { id: randomUUID(), ...CHECKS, input: { check } })

/** Leaves checks that are due to the next worker that is free, unless they are planned already. */
export async function planChecks(world: World): Promise<void> {
  if ((await checksDue(world)).length === 0) return
  await addTaskOnce(world.db, { id: randomUUID(), ...CHECKS, input: {} })
}

/** What checks look at, read once however many of them ask. */
type Evidence = ReturnType<typeof evidenceOf>

function evidenceOf(
  world: World,
  { asOf, now, signal }: Readonly<{ asOf: Instant; now: Instant; signal: AbortSignal }>,
) {
  const { db } = world
  const ago = (days: number): Instant => instant(asOf - days * DAY_MS)
  const once = <Value>(read: () => Promise<Value>) => {
    let reading: Promise<Value> | undefined
    return () => {
      reading ??= read()
      return reading
    }
  }
  const failures = once(async () => {
    const keys = await readLetDownKeys(db, { from: ago(DAYS), asOf }, LET_DOWNS_MAX)
    const told: ValuedFailure[] = []
    for (let from = 0; from < keys.length; from += PAGE) {
      for (const { customer, valueMinor, state } of await readValuedStates(db, keys.slice(from, from + PAGE))) {
        for (const failure of state.facts.failures) {
          const isMeant = failure.atFault !== 'customer' && failure.at > ago(DAYS) && failure.at <= asOf
          if (isMeant) told.push({ customer, valueMinor, failure })
        }
      }
    }
    return told
  })
  return { world, db, asOf, now, signal, ago, failures }
}

/** What is told of the fits of each kind: of the live version, or of the newest. */
async function readReports({ db }: Evidence, find: typeof findLiveModel): Promise<readonly Reported[]> {
  const found = await Promise.all(modelKinds.map((kind) => find(db, kind)))
  return found.flatMap((one) =>
    one === undefined || one.report === null ? [] : [{ kind: one.kind, report: one.report }],
  )
}

const findings: Readonly<Record<CheckName, (of: Evidence) => Promise<Finding>>> = {
  'service-floor': async ({ failures, asOf }) => serviceFloor(await failures(), asOf),
  'equal-treatment': async ({ world, asOf, signal }) => equalTreatment(await workOutEquality(world, { asOf, signal })),
  'like-cases': async ({ db, failures }) => likeCases(await failures(), (await readSettings(db)).currency),
  complaints: async ({ db, ago }) =>
    complaintsCheck(await readComplaintWeeks(db, { until: ago(COMPLAINT_DAYS), weekCount: COMPLAINT_WEEKS })),
  apologies: async ({ failures }) => apologies(await failures()),
  'data-requests': async ({ db, now }) => overdueRequests(await countOpenRequests(db, now)),
  calibration: async (of) => calibrationCheck(await readReports(of, findLiveModel)),
  'prior-conflict': async (of) => priorConflict(await readReports(of, findNewestModel)),
  redemption: async ({ db }) => redemptionCheck(monthsForetold(await findForecast<Liability>(db, 'liability'))),
  'learned-share': async (of) => learnedShare(await readReports(of, findLiveModel)),
  reopened: async ({ db, ago }) =>
    reopened(
      await countReopened(db, {
        from: ago(DAYS + REOPENED_DAYS),
        asOf: ago(REOPENED_DAYS),
        days: REOPENED_DAYS,
      }),
    ),
  'due-dates': async ({ failures }) => dueDates(await failures()),
  severity: async ({ db, now }) => severityOf(await readSeverities(db, instant(now - SEVERITY_DAYS * DAY_MS), now)),
}

const ORDER: readonly string[] = ['minor', 'major', 'critical']

function severityOf(cases: Awaited<ReturnType<typeof readSeverities>>): Finding {
  const changed = cases.flatMap(({ severity, proposed }) =>
    proposed === null ? [] : [ORDER.indexOf(severity) - ORDER.indexOf(proposed)],
  )
  return severityChanges({
    opened: cases.length,
    raised: changed.filter((by) => by > 0).length,
    lowered: changed.filter((by) => by < 0).length,
  })
}

/** Forecasts made a month ahead; those kept before the 90 % band was are left out until the next are made. */
function monthsForetold(stored: Readonly<{ body: Liability }> | undefined) {
  return (stored?.body.backtest.made ?? []).flatMap(({ month, months, minor }) => {
    const [low, high] = minor?.forecast.band90 ?? []
    if (months !== 1 || minor === null || low === undefined || high === undefined) return []
    return [{ month, band90: [low, high] as const, actual: minor.actual }]
  })
}
