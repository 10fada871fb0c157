import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { CaseChanges, CaseFilter, CaseList } from '../../contract/cases.ts'
import { isStorable } from '../../contract/ingest.ts'
import { type QueueReason, queueReasons } from '../../core/cases/case-queue.ts'
import { searchForm } from '../../core/relationship/search-terms.ts'
import { type Instant, instant, rfc3339, SECOND_MS } from '../../core/time/instant.ts'
import { dateAt, startOfDate, zoneOf } from '../../core/time/zone.ts'
import type { Tx } from '../../store/db.ts'
import { readSettings } from '../../store/settings.ts'
import {
  countCategories,
  countQueue,
  type QueueLine,
  type QueuePlace,
  readChanged,
  readDeskNames,
  readQueue,
  type Sight,
} from '../../store/views/case-queue-view.ts'
import { findByKey, findByTerm } from '../../store/views/customer-search-view.ts'
import type { Caller } from '../caller.ts'
import { sightOf } from '../case-sight.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import type { World } from '../world.ts'
import { caseRowOf, namedIn } from './case-row.ts'

const SOON_MS = 4 * 3_600 * SECOND_MS
/** Customers that a search may find. */
const FOUND_MAX = 100
/** Longer than any of our transactions: what commits late is told all the same. */
const OVERLAP_MS = 10 * SECOND_MS

/** Which cases, and from where on. */
export type CasesQuestion = Readonly<{
  filter: CaseFilter
  customer: string | null
  team: string | null
  incident: string | null
  category: string | null
  floor: QueueReason | null
  search: string
  cursor: string | null
  limit: number
}>

const sightOfCaller = (caller: Caller): Sight => ({ teams: sightOf(caller), person: caller.colleague?.id ?? null })

const place = Type.Object({
  filter: Type.String(),
  floor: Type.Integer({ minimum: 0, maximum: 9 }),
  rank: Type.Number(),
  openedAt: Type.String({ format: 'date-time' }),
  id: Type.String({ maxLength: 200 }),
})
const placeCheck = Compile(place)

/** A page of the queue with its counts, as the caller sees it. */
export async function listCases(
  world: World,
  caller: Caller,
  { filter, cursor, limit, search, floor: reason, ...rest }: CasesQuestion,
): Promise<CaseList> {
  const { db } = world
  const now = world.now()
  const sight = sightOfCaller(caller)
  const after = placeOf(
    cursor,
    (value): value is Static<typeof place> =>
      placeCheck.Check(value) && value.filter === filter && isStorable(value.id),
  )
  const found = search.trim() === '' ? null : await findFor(db, search.trim())
  const { currency, timeZone } = await readSettings(db)
  const floor = reason === null ? null : queueReasons.indexOf(reason)
  const [lines, counts, categories] = await Promise.all([
    readQueue(db, { ...rest, floor, part: filter, sight, search: found, after, limit: limit + 1, now }),
    countQueue(db, sight, { now, soon: instant(now + SOON_MS), dayStart: startOfDay(now, timeZone) }),
    countCategories(db, sight, now),
  ])
  const shown = lines.slice(0, limit)
  const last = lines.length > limit ? shown.at(-1) : undefined
  const names = await readDeskNames(db, namedIn(shown.map(({ state }) => state)))
  return {
    cases: shown.map((line) => caseRowOf(line, names)),
    cursor: last === undefined ? null : cursorOf({ filter, ...placeOfLine(filter, last) }),
    counts,
    categories: [...categories],
    asOf: rfc3339(now),
    currency,
  }
}

const placeOfLine = (filter: CaseFilter, { floor, rank, state }: QueueLine): QueuePlace => ({
  floor,
  rank: filter === 'closed' ? -(state.round.closedAt ?? 0) / SECOND_MS : rank,
  openedAt: rfc3339(state.openedAt),
  id: state.case,
})

async function findFor(tx: Tx, search: string) {
  const whom = { after: null, limit: FOUND_MAX, sieve: { filter: 'all', segment: null } } as const
  const byKey = await findByKey(tx, { prefix: search, ...whom })
  const prefix = searchForm(search)
  const byTerm = prefix === '' ? [] : await findByTerm(tx, { prefix, notPrefixes: [], notKey: search, ...whom })
  const customers = [...new Set([...byKey, ...byTerm].flatMap(({ customer, term }) => [customer, term]))]
  return { id: search.toUpperCase(), customers }
}

function startOfDay(now: Instant, timeZone: string): Instant {
  const zone = zoneOf(timeZone)
  if (zone === null) return now
  return startOfDate(zone, dateAt(zone, now))
}

/** What has changed since a cursor, as the caller sees it; without one nothing has, and a cursor is given. */
export async function listCaseChanges(world: World, caller: Caller, cursor: Instant | null): Promise<CaseChanges> {
  const next = world.now() - OVERLAP_MS
  if (cursor === null) return { changes: [], cursor: String(next) }
  const { changed, isAll } = await readChanged(world.db, sightOfCaller(caller), cursor)
  const changes = changed.map(({ id, revision, at }) => ({ id, revision, changedAt: rfc3339(at) }))
  return { changes, cursor: String(isAll ? next : Math.max(cursor + 1, changed.at(-1)?.at ?? next)) }
}
