import { CASE_SOURCE } from '../core/cases/case-facts.ts'
import { casePlace } from '../core/cases/case-place.ts'
import { noStake, type Stake } from '../core/cases/case-queue.ts'
import type { CustomerEvent } from '../core/relationship/event.ts'
import { type CaseName, lockCase, placeCase, readCaseNames, readUsualStake } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import type { Save, Saved } from '../store/relationships.ts'
import { readCaseStandards } from './case-standards.ts'
import type { World } from './world.ts'

/** What will be at stake with somebody who is about to be saved. */
export async function stakeAfter(tx: Tx, save: Save | undefined): Promise<Stake> {
  const score = save?.of?.score
  if (score === undefined) return noStake
  return score.atStakeMinor === null
    ? { minor: null, usualMinor: await readUsualStake(tx) }
    : { minor: score.atStakeMinor, usualMinor: 0 }
}

/**
 * Gives cases their new place, in the transaction that hears of the reason: those of who begins or ceases to refuse
 * profiling, since what was thought to be at stake with them is forgotten with the score; and each whose own failure is
 * only told now, since it opened before the score knew of that failure. Runs before the customers are saved, so that
 * cases are always locked before customers.
 */
export async function placeAnew(
  world: World,
  tx: Tx,
  {
    saves,
    saved,
    events,
  }: Readonly<{
    saves: readonly Save[]
    saved: ReadonlyMap<string, Saved>
    events: readonly CustomerEvent[]
  }>,
): Promise<void> {
  const told = Map.groupBy(events.flatMap(caseToldOf), ({ customer }) => customer)
  const hasTurned = ({ customer, of }: Save): boolean => {
    const was = saved.get(customer)?.state?.profilingRefusedAt ?? null
    return of !== null && (was === null) !== (of.state.profilingRefusedAt === null)
  }
  const keysOf = ({ customer, members }: Save): readonly string[] => [customer, ...members]
  const concerned = saves.filter((one) => hasTurned(one) || (told.size > 0 && keysOf(one).some((key) => told.has(key))))
  if (concerned.length === 0) return
  const standards = await readCaseStandards(tx)
  for (const one of concerned) {
    const keys = keysOf(one)
    const names = hasTurned(one) ? await readCaseNames(tx, keys) : keys.flatMap((key) => told.get(key) ?? [])
    const stake = await stakeAfter(tx, one)
    for (const name of names) {
      const state = await lockCase(tx, name)
      if (state !== undefined) await placeCase(tx, state, casePlace(state, standards, world.now(), stake))
    }
  }
}

/** The case that tells of its own failure by this event: it opened in this transaction, and nobody else holds it. */
function caseToldOf({ source, type, id, customer }: CustomerEvent): readonly CaseName[] {
  const name = source === CASE_SOURCE && type === 'failure.occurred' ? /^case:(\w+):/.exec(id)?.[1] : undefined
  return name === undefined ? [] : [{ customer, id: name }]
}
