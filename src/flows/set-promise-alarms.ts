import type { CustomerEvent } from '../core/relationship/event.ts'
import { lookAt, promisedBy } from '../core/relationship/lapse.ts'
import { DAY_MS, type Instant } from '../core/time/instant.ts'
import type { Tx } from '../store/db.ts'
import { setAlarms } from '../store/promise-alarms.ts'
import { readCaseStandards } from './case-standards.ts'
import type { World } from './world.ts'

/** What was due already when it is told of is looked at so much later: an import says later what was kept. */
const GRACE_MS = 3_600_000
/** No rule looks back further. */
const DAYS_MAX = 90

/**
 * Has the promises and promised orders of these events looked at when their time has passed. What was due before the
 * days in which events open cases is history and is left alone.
 */
export async function setPromiseAlarms(world: World, tx: Tx, events: readonly CustomerEvent[]): Promise<void> {
  const now = world.now()
  const promised: { customer: string; due: Instant }[] = []
  for (const event of events) {
    const due = promisedBy(event)
    if (due !== null && now - due <= DAYS_MAX * DAY_MS) promised.push({ customer: event.customer, due })
  }
  if (promised.length === 0) return
  const { opening } = (await readCaseStandards(tx)).rules
  const within = { daysMs: opening.daysMax * DAY_MS, graceMs: GRACE_MS }
  const alarm = (customer: string, dueAt: Instant, wakeAt: Instant | null) =>
    wakeAt === null ? [] : [{ customer, dueAt, wakeAt }]
  await setAlarms(
    tx,
    promised.flatMap(({ customer, due }) => alarm(customer, due, lookAt(due, now, within))),
  )
}
