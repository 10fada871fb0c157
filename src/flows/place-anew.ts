import { casePlace } from '../core/case-place.ts'
import { noStake, type Stake } from '../core/case-queue.ts'
import { lockCase, placeCase, readCaseNames, readUsualStake } from '../store/cases.ts'
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
 * Gives the cases of those who begin or cease to refuse profiling their new place, in the transaction that hears of
 * it: what was thought to be at stake with them is forgotten with the score. Runs before the customers are saved, so that
 * cases are always locked before customers.
 */
export async function placeAnew(
  world: World,
  tx: Tx,
  saves: readonly Save[],
  saved: ReadonlyMap<string, Saved>,
): Promise<void> {
  const turned = saves.filter(({ customer, of }) => {
    const was = saved.get(customer)?.state?.profilingRefusedAt ?? null
    return of !== null && (was === null) !== (of.state.profilingRefusedAt === null)
  })
  if (turned.length === 0) return
  const standards = await readCaseStandards(tx)
  for (const one of turned) {
    const stake = await stakeAfter(tx, one)
    for (const name of await readCaseNames(tx, [one.customer, ...one.members])) {
      const state = await lockCase(tx, name)
      if (state !== undefined) await placeCase(tx, state, casePlace(state, standards, world.now(), stake))
    }
  }
}
