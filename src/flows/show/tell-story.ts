import type { CasePage } from '../../contract/cases.ts'
import { promiseSentence, storySentence } from '../../contract/story-sentence.ts'
import { eventSentence, type Locale } from '../../contract/words.ts'
import type { CaseEntry } from '../../core/cases/case-entry.ts'
import { CASE_SOURCE } from '../../core/cases/case-facts.ts'
import type { RecoveryCase } from '../../core/cases/recovery-case.ts'
import { LEFT_OUT, wordlessEntry, wordlessEvent } from '../../core/privacy/wordless.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { isNamed } from '../../core/relationship/failure.ts'
import { failureAbout, NAMES } from '../../core/relationship/issue.ts'
import { foldAll, inForce } from '../../core/relationship/relationship.ts'
import { type Instant, instantOf, rfc3339 } from '../../core/time/instant.ts'
import { readEntries, readNotes, type StoredEntry } from '../../store/cases.ts'
import { readLog } from '../../store/log.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import type { World } from '../world.ts'

/** `words` false leaves out what people typed. */
type Telling = Readonly<{ locale: Locale; timeZone: string; words: boolean }>
type Line = CasePage['story'][number] & Readonly<{ place: Instant }>

/**
 * What happened, oldest first: the events about the failure, the work on the case that no event tells of, and what
 * people wrote. `keys` are all those of the customer.
 */
export async function tellStory(
  { db }: World,
  one: RecoveryCase,
  keys: readonly string[],
  { locale, timeZone, words }: Telling,
): Promise<CasePage['story']> {
  const [log, written, notes] = await Promise.all([
    readLog(db, keys),
    readEntries(db, one.customer, one.case),
    readNotes(db, one.customer, one.case),
  ])
  const entries = words ? written : written.map((line) => ({ ...line, entry: wordlessEntry(line.entry) }))
  const valid = inForce(log)
  const owners = valid.flatMap((event) => (event.type === 'failure.owned' ? (event.data.owner ?? []) : []))
  const people = await readDeskNames(db, [
    ...new Set([
      ...entries.flatMap(({ entry }) => namedBy(entry)),
      ...notes.map(({ author }) => personOf(author)),
      ...owners,
    ]),
  ])
  const by = (id: string) => ({ id, name: people.get(personOf(id)) ?? null })
  const told = words ? hangingUnder(one, valid) : hangingUnder(one, valid).map(wordlessEvent)
  const promises = promisesOf(one, entries, valid)
  const authors = authorsOf(one, entries)
  const lines: readonly Line[] = [
    ...told.map((event) => {
      const author = authors(event)
      return {
        place: event.at,
        at: rfc3339(event.at),
        from: author === undefined ? ('customer' as const) : ('case' as const),
        kind: event.type,
        sentence:
          ownPromise(event, promises, { locale, timeZone }) ??
          eventSentence(locale, withOwnerNamed(event, people), timeZone),
        by: author === undefined ? null : by(author),
      }
    }),
    ...entries.flatMap(({ entry }) => {
      const sentence = storySentence(locale, entry, people)
      if (sentence === null) return []
      return [
        { place: entry.at, at: rfc3339(entry.at), from: 'case' as const, kind: entry.kind, sentence, by: by(entry.by) },
      ]
    }),
    ...notes.map((note) => ({
      place: note.at,
      at: rfc3339(note.at),
      from: 'note' as const,
      kind: 'note',
      sentence: words ? note.body : LEFT_OUT,
      by: by(note.author),
    })),
  ]
  return lines.toSorted((a, b) => a.place - b.place).map(({ place: _place, ...line }) => line)
}

/** Who did the step of this case that an event tells of; undefined for what others told, and for the customer's own. */
function authorsOf(one: RecoveryCase, entries: readonly StoredEntry[]): (event: CustomerEvent) => string | undefined {
  const authors = new Map(entries.map(({ entry }) => [`case:${one.case}:${entry.id}`, entry.by]))
  return ({ source, id }) => {
    if (source !== CASE_SOURCE) return undefined
    // A fix that keeps a promise tells of both, the second under a longer id.
    const author = authors.get(id) ?? authors.get(id.slice(0, id.lastIndexOf(':')))
    return author === 'customer' ? undefined : author
  }
}

/**
 * What was promised in this case, by the names that the log has for it: null for an answer, empty for words that were
 * erased. The log knows a promise of a case by a name alone: the words in which it was made stay in the case.
 */
function promisesOf(
  one: RecoveryCase,
  entries: readonly StoredEntry[],
  history: readonly CustomerEvent[],
): ReadonlyMap<string, string | null> {
  const words = new Map(
    entries.flatMap(({ entry }): readonly (readonly [string, string | null])[] => {
      const event = `case:${one.case}:${entry.id}`
      if (entry.kind === 'remedy agreed') return [[event, entry.remedy.what]]
      return entry.kind === 'promised' ? [[event, entry.promise === 'answer' ? null : entry.what]] : []
    }),
  )
  return new Map(
    history.flatMap((event) => {
      const what = event.type === 'promise.made' ? words.get(event.id) : undefined
      return event.type === 'promise.made' && what !== undefined ? [[event.data.promise, what] as const] : []
    }),
  )
}

function ownPromise(
  event: CustomerEvent,
  promises: ReadonlyMap<string, string | null>,
  { locale, timeZone }: Omit<Telling, 'words'>,
): string | null {
  if (event.type !== 'promise.made' && event.type !== 'promise.kept') return null
  const what = promises.get(event.data.promise)
  if (what === undefined || what === '') return null
  const due = event.type === 'promise.made' ? instantOf(event.data.due) : null
  return promiseSentence(locale, { what, due }, timeZone)
}

// The log knows people of the firm by id alone, so that no name has to be erased from it.
const withOwnerNamed = (event: CustomerEvent, people: ReadonlyMap<string, string>): CustomerEvent =>
  event.type === 'failure.owned' && event.data.owner !== undefined
    ? { ...event, data: { ...event.data, owner: people.get(event.data.owner) ?? event.data.owner } }
    : event

/** Whom an entry names: who made it, and who got the case. */
function namedBy(entry: CaseEntry): readonly string[] {
  if (entry.kind === 'assigned' && entry.to !== null) return [entry.by, entry.to]
  return entry.kind === 'handed over' && entry.team !== null ? [entry.by, entry.team] : [entry.by]
}

const personOf = (actor: string): string => (actor.startsWith('person:') ? actor.slice('person:'.length) : actor)

// What the failure is known by, or joined: one incident gives a call, a review and a chargeback (trap T30).
function hangingUnder(one: RecoveryCase, history: readonly CustomerEvent[]): readonly CustomerEvent[] {
  const { failures } = foldAll(one.customer, history).facts
  const abouts = new Map(
    history.flatMap((event) =>
      event.type === 'promise.made' && event.data.about !== undefined ? [[event.data.promise, event.data.about]] : [],
    ),
  )
  const isAbout = (event: CustomerEvent): boolean => {
    const promise = 'promise' in event.data ? event.data.promise : undefined
    const about = typeof promise === 'string' ? (abouts.get(promise) ?? null) : null
    const found = failureAbout(event, failures, about)
    // A failure of long ago may have left the state: what names it is about it all the same.
    return found === undefined ? isNaming(event, one.failure) || about === one.failure : isNamed(found, one.failure)
  }
  return history.filter(isAbout)
}

const isNaming = ({ data }: CustomerEvent, failure: string): boolean =>
  Object.entries(data).some(([name, value]) => NAMES.includes(name) && value === failure)
