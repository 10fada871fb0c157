import type { Accepted } from '../contract/ingest.ts'
import type { Actor, CaseCommand } from '../core/cases/case-command.ts'
import { type CaseRefusal, decide } from '../core/cases/decide-case.ts'
import type { RecoveryCase } from '../core/cases/recovery-case.ts'
import { readStake } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { entryId, type Keeping, keepEntry } from './begin-case.ts'
import { readCaseStandards } from './case-standards.ts'
import type { World } from './world.ts'

/** A case after steps that were decided one after the other, and what the log must be told of them. */
export type Stepped = Readonly<{ kind: 'stepped'; state: RecoveryCase; events: readonly Accepted[] }>

/** What keeping a case depends on, read once for all steps of a transaction. */
export async function readKeeping(
  world: World,
  tx: Tx,
  { customer }: Pick<RecoveryCase, 'customer'>,
): Promise<Keeping> {
  const standards = await readCaseStandards(tx)
  const stake = await readStake(tx, customer)
  return { standards, stake, now: world.now() }
}

/**
 * Takes steps of a locked case in their order. The first that is refused is the answer, and the caller must let the
 * transaction come to nothing then: what was decided before it is stored already.
 */
export async function stepCase(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  steps: readonly Readonly<{ actor: Actor; command: CaseCommand }>[],
  keeping: Keeping,
): Promise<Stepped | CaseRefusal> {
  let state = was
  const events: Accepted[] = []
  for (const { actor, command } of steps) {
    const ask = { id: entryId(state.revision + 1), actor, command, revision: null, now: keeping.now }
    const decision = decide(state, ask, keeping.standards.policy)
    if (decision.kind === 'refused') return decision
    const kept = await keepEntry(world, tx, state, decision.entry, keeping)
    state = kept.state
    events.push(...kept.events)
  }
  return { kind: 'stepped', state, events }
}
