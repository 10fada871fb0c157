import { randomUUID } from 'node:crypto'
import { boundBy, monthsInForce } from '../../../core/privacy/kept-long-enough.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { monthsBack, zoneOrUtc } from '../../../core/time/zone.ts'
import type { Tx } from '../../../store/db.ts'
import { readPrivacySettings } from '../../../store/privacy-settings.ts'
import { lockRelationship } from '../../../store/relationships.ts'
import { readSettings } from '../../../store/settings.ts'
import { addTaskOnce, isTaskOlderThan } from '../../../store/tasks.ts'
import { countSilent, readSilent, readUnfinished, type Silent } from '../../../store/views/silent-view.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { forgetIn } from '../../forget-customer.ts'
import { personOf } from '../../person-of.ts'
import type { World } from '../../world.ts'

const worker = { kind: 'system', part: 'worker' } as const
const PAGE = 500
const HOURS = 20

/** The task that removes what the firm keeps no longer: customers, and words. */
const FORGET = { kind: 'forget', title: 'Kept long enough', input: {} } as const

/** Before when it lies what was kept for so many months: the last event of a customer, or what somebody wrote. */
export async function keptSince(tx: Tx, now: Instant, months: number): Promise<Instant> {
  return monthsBack(zoneOrUtc((await readSettings(tx)).timeZone), now, months)
}

/** How many customers were silent for so many months. */
export const countSilentFor = async ({ db, now }: World, months: number): Promise<number> =>
  countSilent(db, await keptSince(db, now(), months))

/** Once a day, where the firm said so a day ago or more, customers and words are looked for that it keeps no longer. */
export async function planForgetting({ db, now }: World): Promise<void> {
  const { keptMonths, keptSaidAt, wordsMonths, wordsSaidAt } = await readPrivacySettings(db)
  const inForce = [monthsInForce(keptMonths, keptSaidAt, now()), monthsInForce(wordsMonths, wordsSaidAt, now())]
  if (inForce.every((months) => months === null)) return
  if (await isTaskOlderThan(db, FORGET.kind, HOURS)) await addTaskOnce(db, { id: randomUUID(), ...FORGET })
}

/** What came of it, and what is told meanwhile. */
export type Run = Readonly<{ signal: AbortSignal; progress: (looked: number, done: number) => void }>

/**
 * Erases every customer of whom nothing was heard for as long as the firm keeps data and to whom nothing binds it, each
 * in a transaction of her own. Answers how many were looked at and erased. Safe to stop, repeat and run twice at once.
 */
export async function forgetSilent(
  world: World,
  { signal, progress }: Run,
): Promise<Readonly<{ looked: number; erased: number }>> {
  const { keptMonths, keptSaidAt } = await readPrivacySettings(world.db)
  let [looked, erased] = [0, 0]
  const months = monthsInForce(keptMonths, keptSaidAt, world.now())
  if (months === null) return { looked, erased }
  const before = await keptSince(world.db, world.now(), months)
  let after: Silent | null = null
  while (!signal.aborted) {
    const page: readonly Silent[] = await readSilent(world.db, { before, after, limit: PAGE })
    for (const { customer, state } of page) {
      if (signal.aborted) break
      if (!state.person.erased && (await forgetUnlessBound(world, customer, before))) erased += 1
      looked += 1
    }
    progress(looked, erased)
    after = page.at(-1) ?? null
    if (page.length < PAGE) break
  }
  return { looked, erased }
}

// Whoever comes back meanwhile is waited for, and stays.
function forgetUnlessBound(world: World, customer: string, before: Instant): Promise<boolean> {
  return appendDecided(world, async (tx): Promise<Decided<boolean>> => {
    await lockRelationship(tx, customer)
    const person = await personOf(tx, customer)
    const stays = { events: [], answer: false }
    if (person === undefined) return stays
    const { state, keys } = person
    if (state.person.erased || state.lastAt === null || state.lastAt >= before) return stays
    if (boundBy(state, await readUnfinished(tx, keys), world.now()) !== null) return stays
    const { events } = await forgetIn(world, tx, customer, worker)
    return { events, answer: true }
  })
}
