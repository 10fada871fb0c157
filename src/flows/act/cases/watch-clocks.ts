import { escalationsDue } from '../../../core/cases/case-clocks.ts'
import { casePlace } from '../../../core/cases/case-place.ts'
import { decide } from '../../../core/cases/decide-case.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { placeCase, readStake, readWoken, takeWoken } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { entryId, keepEntry } from '../../begin-case.ts'
import { readCaseStandards } from '../../case-standards.ts'
import { emit } from '../../emit.ts'
import type { World } from '../../world.ts'
import { askBySelf } from './ask-by-self.ts'
import { heedDue } from './heed-due.ts'

/** Whoever tells of late steps is named so in the entries. */
const CLOCK = 'clock'

/**
 * Looks at cases whose place in the queue time has changed: tells the next person and the manager of late steps, tells
 * other systems, and puts the case where it belongs. Each case is a transaction of its own: any number of workers may
 * do this at once, and one that dies leaves nothing half done. Answers how many cases were looked at.
 */
export function watchClocks(world: World, signal: AbortSignal): Promise<number> {
  return heedDue(
    (limit) => readWoken(world.db, world.now(), limit),
    (name) =>
      world.db.transaction(async (tx) => {
        const state = await takeWoken(tx, name, world.now())
        if (state !== undefined) await watchCase(world, tx, state)
      }),
    signal,
  )
}

async function watchCase(world: World, tx: Tx, woken: RecoveryCase): Promise<void> {
  const now = world.now()
  const standards = await readCaseStandards(tx)
  const stake = await readStake(tx, woken.customer)
  const keeping = { standards, stake, now }
  let state = woken
  for (const { step, to } of escalationsDue(woken, standards.policy, now)) {
    const command = { kind: 'escalate', step, to } as const
    const actor = { kind: 'automation', id: CLOCK } as const
    const ask = { id: entryId(state.revision + 1), actor, command, revision: null, now }
    const decision = decide(state, ask, standards.policy)
    if (decision.kind === 'refused') continue
    state = (await keepEntry(world, tx, state, decision.entry, keeping)).state
    const { customer, case: id, failure } = state
    await emit(world, tx, { type: 'case.breached', customer, data: { case: id, failure, step, to } })
  }
  state = await askBySelf(world, tx, state, keeping)
  await placeCase(tx, state, casePlace(state, standards, now, stake))
}
