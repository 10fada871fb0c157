import { customerKey } from '../ids.ts'
import { noExit } from './exit.ts'
import { type Facts, noFacts } from './facts.ts'
import { type Failure, type Mark, noRecovery } from './failure.ts'
import { unknownPerson } from './person.ts'
import { initial, type Relationship } from './relationship.ts'

/**
 * How states are stored: as lists without names, and of what has many fields, without those at their default. Most of a
 * state is nothing, null, and empty lists, and half of the rest would be names.
 *
 * Each field has a place, which stored states know it by: a new field gets the next one, and the place of one that is
 * gone stays empty. States stored before 29 November 2026 are objects with names; they are read as well, and written
 * anew with the next event of their customer.
 */
export type StoredState = NamedState | readonly unknown[]

/** Where each field of a record stands. */
type Places<Whole> = Readonly<Record<keyof Whole & string, number>>
type Code = Readonly<{ write: (value: never) => unknown; read: (stored: never) => unknown }>

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0

const namesOf = (places: Readonly<Record<string, number>>): readonly string[] => {
  const names: string[] = []
  for (const [name, place] of Object.entries(places)) names[place] = name
  return names
}

/** A record of few fields that are all told, in their order. */
function whole<Whole>(places: Places<Whole>): Code {
  const names = namesOf(places)
  const blank: Readonly<Record<string, unknown>> = Object.fromEntries(names.map((name) => [name, null]))
  return {
    write: (record: Readonly<Record<string, unknown>>) => names.map((name) => record[name]),
    read: (stored: readonly unknown[]) => {
      const record = { ...blank }
      for (let place = 0; place < stored.length; place += 1) record[names[place] ?? ''] = stored[place]
      return record
    },
  } as Code
}

type Usual<Whole> = Readonly<{ [Name in keyof Whole]?: Whole[Name] | undefined }>

/** A record of which most fields are at their default: place and value of each that is not. */
function sparse<Whole>(
  places: Places<Whole>,
  usual: Usual<Whole>,
  codes?: Readonly<{ [Name in keyof Whole]?: Code }>,
): Code {
  const names = namesOf(places)
  const usuals = names.map((name) => (usual as Record<string, unknown>)[name])
  const codeOf = names.map((name) => (codes as Record<string, Code> | undefined)?.[name])
  return {
    write: (record: Readonly<Record<string, unknown>>) => {
      const stored: unknown[] = []
      for (let place = 0; place < names.length; place += 1) {
        const value = record[names[place] ?? '']
        const normal = usuals[place]
        if (value === normal || value === undefined || (isEmpty(value) && isEmpty(normal))) continue
        const code = codeOf[place]
        stored.push(place, code === undefined || value === null ? value : code.write(value as never))
      }
      return stored
    },
    read: (stored: readonly unknown[]) => {
      const record: Record<string, unknown> = { ...usual }
      for (let index = 0; index < stored.length; index += 2) {
        const place = stored[index] as number
        const value = stored[index + 1]
        const code = codeOf[place]
        record[names[place] ?? ''] = code === undefined || value === null ? value : code.read(value as never)
      }
      return record
    },
  } as Code
}

const listOf = (code: Code): Code => ({
  write: (list: readonly never[]) => list.map(code.write),
  read: (list: readonly never[]) => list.map(code.read),
})

type Item<List> = List extends readonly (infer One)[] ? One : never

const mark = whole<Mark>({ at: 0, event: 1 })
const answer = whole<NonNullable<Facts['effort']>>({ at: 0, event: 1, score: 2, given: 3, max: 4, kind: 5 })

/** What most failures do not have. A field that is not listed is always stored. */
const plainFailure = {
  also: [],
  links: [],
  isInferred: false,
  category: null,
  rootCause: null,
  lossMinor: null,
  currency: null,
  atFault: 'firm',
  disrespect: false,
  fixBy: null,
  acknowledgeBy: null,
  ...noRecovery,
  purchasesBefore: 0,
  positivesBefore: 0,
} as const satisfies Partial<Failure>

// biome-ignore format: a table
const failurePlaces: Places<Failure> = {
  failure: 0, event: 1, at: 2, severity: 3, also: 4, links: 5, isInferred: 6, category: 7, rootCause: 8, lossMinor: 9,
  currency: 10, atFault: 11, disrespect: 12, fixBy: 13, acknowledgeBy: 14, acknowledged: 15, owners: 16,
  secondOwner: 17, repeatedStory: 18, apologised: 19, furtherApologies: 20, fixed: 21, compensatedMinor: 22,
  compensated: 23, confirmed: 24, followedUp: 25, failedRecovery: 26, closed: 27, monthsBefore: 28,
  purchasesBefore: 29, positivesBefore: 30,
}

const failure = sparse<Failure>(failurePlaces, plainFailure, {
  acknowledged: mark,
  secondOwner: mark,
  repeatedStory: mark,
  apologised: mark,
  furtherApologies: listOf(mark),
  fixed: mark,
  compensated: mark,
  confirmed: mark,
  followedUp: mark,
  failedRecovery: mark,
  closed: mark,
})

// biome-ignore format: a table
const factsPlaces: Places<Facts> = {
  startedAt: 0, firstEvent: 1, segment: 2, subscriptions: 3, product: 4, everSubscribed: 5, orders: 6, lastOrder: 7,
  gapsDays: 8, promises: 9, promisesBroken: 10, promisesExceeded: 11, contacts: 12, transfers: 13, channelSwitches: 14,
  positives: 15, failures: 16, doubleDeviation: 17, effort: 18, satisfaction: 19, friendliness: 20, attachment: 21,
  invitations: 22, lastInvitedAt: 23, publicNegative: 24, offers: 25, refusals: 26, pitch: 27,
}

const facts = sparse<Facts>(factsPlaces, noFacts, {
  subscriptions: listOf(
    whole<Item<Facts['subscriptions']>>({
      subscription: 0,
      product: 1,
      monthlyMinor: 2,
      currency: 3,
      at: 4,
      event: 5,
      fixedUntil: 6,
    }),
  ),
  lastOrder: mark,
  promises: listOf(whole<Item<Facts['promises']>>({ promise: 0, event: 1, at: 2, due: 3, what: 4 })),
  promisesBroken: listOf(whole<Item<Facts['promisesBroken']>>({ event: 0, at: 1, due: 2, what: 3 })),
  promisesExceeded: listOf(mark),
  contacts: listOf(whole<Item<Facts['contacts']>>({ contact: 0, event: 1, at: 2, issue: 3, inbound: 4, human: 5 })),
  transfers: listOf(mark),
  channelSwitches: listOf(mark),
  positives: listOf(whole<Item<Facts['positives']>>({ at: 0, event: 1, contact: 2, how: 3, given: 4, max: 5 })),
  failures: listOf(failure),
  doubleDeviation: whole<NonNullable<Facts['doubleDeviation']>>({ at: 0, event: 1, failure: 2 }),
  effort: answer,
  satisfaction: answer,
  friendliness: answer,
  attachment: answer,
  invitations: listOf(whole<Item<Facts['invitations']>>({ survey: 0, kind: 1, at: 2, event: 3 })),
  publicNegative: mark,
  offers: listOf(
    whole<Item<Facts['offers']>>({
      offer: 0,
      event: 1,
      at: 2,
      category: 3,
      channel: 4,
      asked: 5,
      afterNo: 6,
      reactedAt: 7,
    }),
  ),
  refusals: listOf(whole<Item<Facts['refusals']>>({ category: 0, channel: 1 })),
  pitch: mark,
})

type Person = Relationship['person']
// biome-ignore format: a table
const personPlaces: Places<Person> = {
  name: 0, email: 1, phone: 2, locale: 3, timezone: 4, segment: 5, identities: 6, attributes: 7, moments: 8,
  bereavedAt: 9, erased: 10,
}
// biome-ignore format: a table
const exitPlaces: Places<Relationship['exit']> = {
  intentAt: 0, requestedAt: 1, leftAt: 2, leftBy: 3, winbackAt: 4, times: 5, riskBeforeMs: 6,
}
// biome-ignore format: a table
const statePlaces: Places<Relationship> = {
  customer: 0, eventCount: 1, firstAt: 2, lastAt: 3, lastId: 4, lastSource: 5, unknownReferences: 6,
  awaitedRetractions: 7, person: 8, consents: 9, profilingRefusedAt: 10, vouchers: 11, facts: 12, factsAtExit: 13,
  exit: 14, conductNotedAt: 15,
}

const nobody = initial(customerKey(''))

const relationship = sparse<Relationship>(statePlaces, nobody, {
  person: sparse<Person>(personPlaces, unknownPerson, {
    identities: listOf(whole<Item<Person['identities']>>({ kind: 0, value: 1 })),
    moments: listOf(whole<Item<Person['moments']>>({ kind: 0, at: 1 })),
  }),
  consents: listOf(whole<Item<Relationship['consents']>>({ channel: 0, purpose: 1, granted: 2, at: 3 })),
  vouchers: listOf(
    whole<Item<Relationship['vouchers']>>({ voucher: 0, leftMinor: 1, currency: 2, expiresAt: 3, origin: 4 }),
  ),
  facts,
  factsAtExit: facts,
  exit: sparse<Relationship['exit']>(exitPlaces, noExit),
})

/** The stored form of a state: plain JSON. */
export const compact = (state: Relationship): StoredState => relationship.write(state as never) as StoredState

/** The state that `compact` was given, now or in an earlier version. */
export const restored = (stored: StoredState): Relationship =>
  Array.isArray(stored) ? (relationship.read(stored as never) as Relationship) : restoredByNames(stored as NamedState)

type StoredFacts = Omit<Partial<Facts>, 'failures'> & { failures?: readonly Partial<Failure>[] }

/** A state as it was stored with names. */
type NamedState = Readonly<
  Omit<Partial<Relationship>, 'facts' | 'factsAtExit' | 'person' | 'exit'> & {
    facts?: StoredFacts
    factsAtExit?: StoredFacts
    person?: Partial<Person>
    exit?: Partial<Relationship['exit']>
  }
>

const restoredByNames = ({ facts: own, factsAtExit, person, exit, ...rest }: NamedState): Relationship =>
  ({
    ...nobody,
    ...rest,
    facts: factsByNames(own),
    factsAtExit: factsAtExit === undefined ? null : factsByNames(factsAtExit),
    person: { ...unknownPerson, ...person },
    exit: { ...noExit, ...exit },
  }) as Relationship

const factsByNames = (stored: StoredFacts | undefined): Facts =>
  ({
    ...noFacts,
    ...stored,
    failures: (stored?.failures ?? []).map((one) => ({ ...plainFailure, ...one })),
  }) as Facts
