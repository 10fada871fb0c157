import { randomBytes } from 'node:crypto'
import { type Accepted, ownEvent } from '../contract/ingest.ts'
import { assert } from '../core/assert.ts'
import type { CaseEntry } from '../core/cases/case-entry.ts'
import { factsOf } from '../core/cases/case-facts.ts'
import { casePlace } from '../core/cases/case-place.ts'
import type { Stake } from '../core/cases/case-queue.ts'
import { packsFor } from '../core/cases/case-rules.ts'
import { check, fold, initial, type RecoveryCase } from '../core/cases/recovery-case.ts'
import type { CustomerEvent } from '../core/relationship/event.ts'
import { isEventType } from '../core/relationship/event.ts'
import type { Instant } from '../core/time/instant.ts'
import { addCase, addEntries, saveCase } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { withdrawApprovals } from '../store/gifts.ts'
import type { CaseStandards } from './case-standards.ts'
import { emit } from './emit.ts'
import type { World } from './world.ts'

/** Letters and digits that nobody mistakes for another on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const NAME_LENGTH = 12
const ENTRY_DIGITS = 6

/** A name for a case: 60 random bits, to be read out on the phone. */
export const newCaseName = (): string =>
  [...randomBytes(NAME_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')

/** Names an entry by its place in the case, so that facts told at one instant sort in the order in which they were decided. */
export const entryId = (position: number): string => String(position).padStart(ENTRY_DIGITS, '0')

/** What the passing of a case into the store depends on. `stake`: what is at stake with the customer. */
export type Keeping = Readonly<{ standards: CaseStandards; stake: Stake; now: Instant }>

/**
 * Stores a case with its first entry and the packs that apply to it, and answers what the log must be told. Undefined
 * when the failure has a case already.
 */
export async function beginCase(
  world: World,
  tx: Tx,
  entry: Extract<CaseEntry, { kind: 'opened' }>,
  { standards, stake, now }: Keeping,
): Promise<Readonly<{ state: RecoveryCase; events: readonly Accepted[] }> | undefined> {
  const first = initial(entry)
  const packs = packsFor(standards.rules, entry.category).map(
    ({ pack, event }, index): CaseEntry => ({
      id: entryId(index + 2),
      at: entry.at,
      by: entry.by,
      kind: 'regime applied',
      pack,
      event,
      since: entry.at,
    }),
  )
  const state = packs.reduce(fold, first)
  check(state)
  if (!(await addCase(tx, { state, place: casePlace(state, standards, now, stake), now }))) return undefined
  await addEntries(tx, state, 1, [entry, ...packs])
  const { customer, case: id, failure, severity, openedBy } = state
  await emit(world, tx, { type: 'case.opened', customer, data: { case: id, failure, severity, openedBy } })
  return { state, events: factsOf(first, entry).map(asOwn) }
}

/** Stores one more entry of a case, and answers what the log must be told. The row must be locked. */
export async function keepEntry(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  entry: CaseEntry,
  { standards, stake, now }: Keeping,
): Promise<Readonly<{ state: RecoveryCase; events: readonly Accepted[] }>> {
  const state = fold(was, entry)
  check(state)
  const place = casePlace(state, standards, now, stake)
  const saved = await saveCase(tx, { state, place, now }, was.revision)
  assert(saved, 'a case that is locked has the revision that was read')
  await addEntries(tx, state, state.revision, [entry])
  if (overtaking.has(entry.kind)) await withdrawApprovals(tx, state, now)
  await tellOthers(world, tx, was, state)
  return { state, events: factsOf(was, entry).map(asOwn) }
}

/** After these a remedy that somebody asked a second person about is no longer the one that the case waits for. */
const overtaking: ReadonlySet<CaseEntry['kind']> = new Set([
  'remedy agreed',
  'fixed',
  'confirmed',
  'closed',
  'followed up',
  'reopened',
])

async function tellOthers(world: World, tx: Tx, was: RecoveryCase, state: RecoveryCase): Promise<void> {
  const { customer, case: id, failure, rootCause } = state
  if (was.round.closedAt !== null || state.round.closedAt === null) return
  await emit(world, tx, { type: 'case.closed', customer, data: { case: id, failure, rootCause } })
}

function asOwn(event: CustomerEvent): Accepted {
  const { id, customer, type, at, data } = event
  assert(isEventType(type), 'a case tells only what the vocabulary knows')
  return ownEvent({ id, customer, type, at, data })
}
