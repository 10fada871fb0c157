import type { CasePage } from '../../contract/cases.ts'
import { entrySentence, eventSentence, type Locale } from '../../contract/words.ts'
import type { CustomerEvent } from '../../core/event.ts'
import { type Instant, rfc3339 } from '../../core/instant.ts'
import type { RecoveryCase } from '../../core/recovery-case.ts'
import { inForce } from '../../core/relationship.ts'
import { readEntries, readNotes } from '../../store/cases.ts'
import { readLog } from '../../store/log.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import type { World } from '../world.ts'

/** Fields in which events name the failure that they are about. */
const REFERENCES = ['failure', 'about', 'issue']

type Line = CasePage['story'][number] & Readonly<{ place: Instant }>

/**
 * What happened, oldest first: the events about the failure, the work on the case that no event tells of, and what
 * people wrote. `keys` are all those of the customer.
 */
export async function tellStory(
  { db }: World,
  one: RecoveryCase,
  keys: readonly string[],
  { locale, timeZone }: Readonly<{ locale: Locale; timeZone: string }>,
): Promise<CasePage['story']> {
  const [log, entries, notes] = await Promise.all([
    readLog(db, keys),
    readEntries(db, one.customer, one.case),
    readNotes(db, one.customer, one.case),
  ])
  const valid = inForce(log)
  const owners = valid.flatMap((event) => (event.type === 'failure.owned' ? (event.data.owner ?? []) : []))
  const people = await readDeskNames(db, [
    ...new Set([...entries.map(({ entry }) => entry.by), ...notes.map(({ author }) => personOf(author)), ...owners]),
  ])
  const by = (id: string) => ({ id, name: people.get(personOf(id)) ?? null })
  const promises = valid.flatMap((event) =>
    event.type === 'promise.made' && event.data.about === one.failure ? [event.data.promise] : [],
  )
  const told = valid.filter((event) => isAbout(event, one.failure, promises))
  const lines: readonly Line[] = [
    ...told.map((event) => ({
      place: event.at,
      at: rfc3339(event.at),
      from: 'customer' as const,
      kind: event.type,
      sentence: eventSentence(locale, withOwnerNamed(event, people), timeZone),
      by: null,
    })),
    ...entries.flatMap(({ entry }) => {
      const sentence = entrySentence(locale, entry.kind)
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
      sentence: note.body,
      by: by(note.author),
    })),
  ]
  return lines.toSorted((a, b) => a.place - b.place).map(({ place: _place, ...line }) => line)
}

// The log knows people of the firm by id alone, so that no name has to be erased from it.
const withOwnerNamed = (event: CustomerEvent, people: ReadonlyMap<string, string>): CustomerEvent =>
  event.type === 'failure.owned' && event.data.owner !== undefined
    ? { ...event, data: { ...event.data, owner: people.get(event.data.owner) ?? event.data.owner } }
    : event

const personOf = (actor: string): string => (actor.startsWith('person:') ? actor.slice('person:'.length) : actor)

const isAbout = ({ data }: CustomerEvent, failure: string, promises: readonly string[]): boolean =>
  Object.entries(data).some(
    ([name, value]) =>
      (REFERENCES.includes(name) && value === failure) || (name === 'promise' && promises.some((one) => one === value)),
  )
