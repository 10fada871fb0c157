import { isDeepStrictEqual } from 'node:util'
import { monthsInForce } from '../../../core/privacy/kept-long-enough.ts'
import { heldByLaw, isWordless, type Matter, wordsKeptFrom } from '../../../core/privacy/words-kept.ts'
import { isNamed } from '../../../core/relationship/failure.ts'
import { type Instant, instant } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import { readCaseNames } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { readPrivacySettings } from '../../../store/privacy-settings.ts'
import { lockRelationship } from '../../../store/relationships.ts'
import { readUnfinished } from '../../../store/views/silent-view.ts'
import {
  countOldWords,
  findWithOldWords,
  readHeardBefore,
  readUnmatchedBefore,
} from '../../../store/views/words-view.ts'
import {
  lockCaseOfWords,
  readExitTimes,
  readFirstNamed,
  removeOldWords,
  removeUnmatchedWords,
} from '../../../store/words.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { readCaseStandards } from '../../case-standards.ts'
import { type KnownPerson, personOf } from '../../person-of.ts'
import type { World } from '../../world.ts'
import { keptSince, type Run } from './forget-silent.ts'

const worker = { kind: 'system', part: 'worker' } as const
const PAGE = 500

/** How many texts are so many months old, and of how many customers. */
export const countWordsOf = async (
  { db, now }: World,
  months: number,
): Promise<Readonly<{ texts: number; customers: number }>> => countOldWords(db, await keptSince(db, now(), months))

/**
 * Removes what people wrote once the firm keeps it no longer, each person in a transaction of its own: never what a case
 * or an exit that is open, a deadline of the law, or a request about data still needs. What happened stays in the log
 * word for word. Answers how many people were looked at, and of how many words were removed. Safe to stop, repeat and
 * run twice at once.
 */
export async function removeWords(
  world: World,
  { signal, progress }: Run,
): Promise<Readonly<{ looked: number; removed: number }>> {
  const { wordsMonths, wordsSaidAt } = await readPrivacySettings(world.db)
  let [looked, removed] = [0, 0]
  const now = world.now()
  const months = monthsInForce(wordsMonths, wordsSaidAt, now)
  if (months === null) return { looked, removed }
  const before = await keptSince(world.db, now, months)
  let after = ''
  while (!signal.aborted) {
    const page = await readHeardBefore(world.db, { before, after, limit: PAGE })
    const keys = page.flatMap(({ customer, members }) => [customer, ...members])
    const old = await findWithOldWords(world.db, keys, before)
    for (const { customer, members } of page) {
      if (signal.aborted) break
      if ([customer, ...members].some((key) => old.has(key)) && (await removeOf(world, customer, before))) removed += 1
      looked += 1
    }
    progress(looked, removed)
    after = page.at(-1)?.customer ?? after
    if (page.length < PAGE) break
  }
  if (!signal.aborted) await removeOfUnmatched(world, before, signal)
  return { looked, removed }
}

// Nobody knows whose the exit is; why somebody left is not needed to find out.
async function removeOfUnmatched({ db }: World, before: Instant, signal: AbortSignal): Promise<void> {
  for (;;) {
    const keys = await readUnmatchedBefore(db, before, PAGE)
    for (const key of keys) if (!signal.aborted) await db.transaction((tx) => removeUnmatchedWords(tx, key))
    if (signal.aborted || keys.length < PAGE) return
  }
}

// Cases are locked before the relationship, as by whoever works on them: one that is opened again meanwhile is open here.
function removeOf(world: World, customer: string, before: Instant): Promise<boolean> {
  return appendDecided(world, async (tx): Promise<Decided<boolean>> => {
    const stays = { events: [], answer: false }
    const person = await personOf(tx, customer)
    if (person === undefined) return stays
    const { keys } = person
    const now = world.now()
    const cases = await lockedCases(tx, person, now)
    await lockRelationship(tx, person.customer)
    // Who was merged in this moment is looked at as a whole the next night.
    if (!isDeepStrictEqual((await personOf(tx, customer))?.keys, keys)) return stays
    if ((await readUnfinished(tx, keys)).request) return stays
    const exits = (await readExitTimes(tx, keys)).map((exit) => ({ ...exit, heldUntil: null }))
    const from = wordsKeptFrom([...cases.map(({ matter }) => matter), ...exits], before, now)
    const wordless = cases.filter(({ matter, isGone }) => !isGone && isWordless(matter, before, now))
    const texts = await removeOldWords(
      tx,
      { customers: keys, before: from, cases: wordless.map(({ name }) => name) },
      now,
    )
    if (texts > 0) await audit(tx, worker, 'customer.words-removed', { kind: 'customer', id: customer }, { texts })
    return { events: [], answer: texts > 0 }
  })
}

async function lockedCases(tx: Tx, { keys, state }: KnownPerson, now: Instant) {
  const { regimes } = await readCaseStandards(tx)
  const locked = []
  for (const name of await readCaseNames(tx, keys)) {
    const one = await lockCaseOfWords(tx, name)
    if (one !== undefined) locked.push({ name, ...one })
  }
  const told = await readFirstNamed(
    tx,
    keys,
    locked.map(({ state: one }) => one.failure),
  )
  return locked.map(({ name, state: one, isOpen, goneAt }) => {
    const known = state.facts.failures.find((failure) => isNamed(failure, one.failure))
    const since = instant(Math.min(one.openedAt, told.get(one.failure) ?? one.openedAt, known?.at ?? one.openedAt))
    const endedAt = isOpen ? null : one.round.closedAt
    const matter: Matter = { since, endedAt, heldUntil: heldByLaw(one, regimes, now) }
    return { name, matter, isGone: goneAt !== null }
  })
}
