import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { someFailure } from '../../../test/some-failure.ts'
import { rng } from '../../stats/rng.ts'
import { equalTreatment } from '../checks/equal-treatment.ts'
import { customerKey } from '../ids.ts'
import { initial, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { COUNT_STEP, compareGroups, GROUP_PEOPLE_MIN, type Told } from './compare-groups.ts'
import { tellPlaces } from './foretold.ts'
import { groupOfKeys, languageGroup, type TraitWish, traitProblem } from './trait.ts'
import { equalityPeriod, tellTreatment } from './treatment.ts'

const groups = ['a', 'b', 'c', 'd'] as const
/** A person's group is the first letter of the key. */
const byLetter = { trait: 'region', groups, groupOf: (person: string) => person[0] ?? null } as const
const compare = (told: readonly Told[]) => {
  const [found] = compareGroups([byLetter], { hoursToFix: told }).traits
  const [first] = found?.measures ?? []
  if (first === undefined) throw new Error('nothing was compared')
  return first
}
const figureOf = (told: readonly Told[], group: string) => compare(told).groups.find((one) => one.group === group)

describe('groups beside each other', () => {
  /** 400 people; group a has mostly long cases. `planted` is what it waits longer for each. */
  const firm = (planted: number, seed = 1): readonly Told[] => {
    const random = rng(seed)
    return Array.from({ length: 400 }, (_, place) => {
      const group = groups[place % 3] ?? 'a'
      const isLong = random.uniform() < (group === 'a' ? 0.8 : 0.3)
      const value = (isLong ? 40 : 8) + 6 * random.uniform() + (group === 'a' ? planted : 0)
      return { person: `${group}${place}`, kind: isLong ? 'major outage' : 'minor late', value }
    })
  }

  test('who differs by the mix of cases alone is treated alike, however much the means differ', () => {
    const found = figureOf(firm(0), 'a')
    expect(found?.verdict).toBe('alike')
    expect(Math.abs(found?.difference ?? 9)).toBeLessThan(1)
    const means = ['a', 'b'].map((group) => {
      const own = firm(0).filter(({ person }) => person.startsWith(group))
      return own.reduce((sum, { value }) => sum + value, 0) / own.length
    })
    expect((means[0] ?? 0) - (means[1] ?? 0)).toBeGreaterThan(10)
  })

  test('a planted difference is found, and said of the group that has it', () => {
    const found = figureOf(firm(8), 'a')
    expect(found?.verdict).toBe('differs')
    expect(found?.difference).toBeCloseTo(8, 0)
    expect((found?.high ?? 0) - (found?.value ?? 0) + (found?.others ?? 0)).toBeGreaterThan(0)
  })

  test('of few cases nothing is said yet', () => {
    const few = firm(8).slice(0, 60)
    expect(few.filter(({ person }) => person.startsWith('a'))).toHaveLength(20)
    expect(figureOf(few, 'a')?.verdict).toBe('unsure')
  })

  test('the more is compared at once, the wider the interval', () => {
    const told = firm(0)
    const one = compareGroups([byLetter], { hoursToFix: told })
    const many = compareGroups([byLetter], { hoursToFix: told, hoursToAnswer: told, fixedInTime: told })
    const width = ({ traits }: typeof one) => {
      const [found] = traits[0]?.measures.find(({ measure }) => measure === 'hoursToFix')?.groups ?? []
      return (found?.high ?? 0) - (found?.low ?? 0)
    }
    expect([one.comparisons, many.comparisons]).toEqual([3, 9])
    expect(width(many)).toBeGreaterThan(width(one))
  })

  test('chance alone seldom makes a group differ', () => {
    const verdicts = Array.from({ length: 60 }, (_, seed) =>
      compare(firm(0, seed)).groups.map(({ verdict }) => verdict),
    )
    expect(verdicts.flat().filter((verdict) => verdict === 'differs')).toEqual([])
  })
})

describe('small groups', () => {
  const kinds = ['minor late', 'major outage', 'major late'] as const
  /** So many people in each group, some with several cases; the last group has a kind of its own as a rule. */
  const firm = fc
    .tuple(fc.array(fc.nat({ max: 40 }), { minLength: 4, maxLength: 4 }), fc.nat())
    .map(([sizes, seed]) => {
      const random = rng(seed)
      return sizes.flatMap((size, place) =>
        Array.from({ length: size }, (_, number): readonly Told[] => {
          const kind = place === 3 && random.uniform() < 0.7 ? 'critical fire' : kinds[Math.floor(3 * random.uniform())]
          const cases = 1 + Math.floor(2 * random.uniform())
          const one = { person: `${groups[place]}${number}`, kind: kind ?? '' }
          return Array.from({ length: cases }, () => ({ ...one, value: 50 * random.uniform() }))
        }).flat(),
      )
    })

  test('what is hidden enters no figure: whatever it is, all that is told stays the same', () => {
    let toldBesideHidden = 0
    fc.assert(
      fc.property(firm, fc.double({ min: 100, max: 900, noNaN: true }), (told, other) => {
        const before = compare(told)
        const isHidden = ({ person }: Told) => before.hidden.includes(person[0] ?? '')
        if (before.groups.length > 0 && told.some(isHidden)) toldBesideHidden += 1
        const changed = told.map((one) => (isHidden(one) ? { ...one, value: other + one.value } : one))
        expect(compare(changed)).toEqual(before)
      }),
    )
    expect(toldBesideHidden).toBeGreaterThan(10)
  })

  test('nobody is told of in a group, or in the others beside it, of fewer than ten; and counts are in steps', () => {
    let figures = 0
    fc.assert(
      fc.property(firm, (told) => {
        const found = compare(told)
        for (const { group, people, cases } of found.groups) {
          const own = new Set(told.filter(({ person }) => person.startsWith(group)).map(({ person }) => person))
          expect(own.size).toBeGreaterThanOrEqual(GROUP_PEOPLE_MIN)
          expect(people).toBeGreaterThanOrEqual(GROUP_PEOPLE_MIN)
          expect([people % COUNT_STEP, cases % COUNT_STEP]).toEqual([0, 0])
          figures += 1
        }
        expect([...found.groups.map(({ group }) => group), ...found.hidden].sort()).toEqual([...groups])
      }),
    )
    expect(figures).toBeGreaterThan(50)
  })

  test('too few others with such cases are not told of as the others', () => {
    const cases = (group: string, count: number, kind: string): readonly Told[] =>
      Array.from({ length: count }, (_, place) => ({ person: `${group}${kind}${place}`, kind, value: 5 }))
    // All of a are of one kind, of which b and c have but four.
    const told = [
      ...cases('a', 40, 'major outage'),
      ...cases('b', 4, 'major outage'),
      ...cases('b', 40, 'minor late'),
      ...cases('c', 40, 'minor late'),
    ]
    expect(compare(told)).toMatchObject({ groups: [{ group: 'b' }, { group: 'c' }], hidden: ['a', 'd'] })
  })

  test('one small group hides another, so that it cannot be taken from the sum', () => {
    const people = (group: string, count: number): readonly Told[] =>
      Array.from({ length: count }, (_, place) => ({ person: `${group}${place}`, kind: 'minor ', value: 5 }))
    const told = [...people('a', 60), ...people('b', 50), ...people('c', 40), ...people('d', 3)]
    expect(compare(told).hidden).toEqual(['c', 'd'])
    expect(compare([...people('a', 60), ...people('b', 9)])).toMatchObject({ groups: [], hidden: [...groups] })
  })
})

describe('what was done for a let-down', () => {
  const asOf = instant(Date.UTC(2026, 5, 15))
  const { from, to } = equalityPeriod(asOf)
  // Every hour is worked.
  const minutes = (start: Instant, end: Instant): number => (end - start) / 60_000
  const rules = { from, to, asOf, currency: 'EUR', minutes }
  const at = instant(asOf - 60 * DAY_MS)
  const hoursOn = (hours: number) => ({ at: instant(at + (hours / 24) * DAY_MS), event: 'e' })
  const failure = someFailure(at, { severity: 'major', category: 'late', lossMinor: 4_000, currency: 'EUR' })
  const told = (changes: object, state: Partial<Relationship> = {}, contacts: readonly object[] = []) => {
    const was = initial(customerKey('anna'))
    const facts = { ...was.facts, failures: [{ ...failure, ...changes }], contacts } as Relationship['facts']
    const evidence = tellTreatment([{ person: 'anna', state: { ...was, facts, ...state } }], rules)
    return Object.fromEntries(Object.entries(evidence).map(([name, some]) => [name, some.map(({ value }) => value)[0]]))
  }

  test('waiting is counted until it ends, and for two weeks at most', () => {
    expect(told({ acknowledged: hoursOn(3), fixed: hoursOn(50) })).toMatchObject({ hoursToAnswer: 3, hoursToFix: 50 })
    expect(told({ fixed: hoursOn(500) })).toMatchObject({ hoursToAnswer: 336, hoursToFix: 336, fixedInTime: 0 })
    expect(told({ fixed: hoursOn(300) })).toMatchObject({ hoursToFix: 300, fixedInTime: 1 })
    // A fix that re-opened was never one, and the state keeps none.
    expect(told({ failedRecovery: hoursOn(40) })).toMatchObject({ hoursToFix: 336 })
  })

  test('compensation counts as a share of the loss, in the currency of the firm', () => {
    expect(told({ compensatedMinor: 1_000 })).toMatchObject({ paidOfLoss: 0.25, compensated: 1 })
    expect(told({ compensatedMinor: 90_000 })).toMatchObject({ paidOfLoss: 2 })
    expect(told({ compensatedMinor: 1_000, currency: 'USD' }).paidOfLoss).toBeUndefined()
    expect(told({ lossMinor: null }).paidOfLoss).toBeUndefined()
  })

  test('whether a person was reached is asked of contacts in these two weeks of which somebody said', () => {
    const contact = { contact: 'c', event: 'e', at: hoursOn(5).at, issue: null, inbound: true, human: true }
    expect(told({}).reachedPerson).toBeUndefined()
    expect(told({}, {}, [contact]).reachedPerson).toBe(1)
    expect(told({}, {}, [{ ...contact, human: false }]).reachedPerson).toBe(0)
    expect(told({}, {}, [{ ...contact, inbound: false }]).reachedPerson).toBeUndefined()
    expect(told({}, {}, [{ ...contact, at: hoursOn(400).at }]).reachedPerson).toBeUndefined()
  })

  test('what was noted of conduct after it counts, and the fault of a customer is no let-down', () => {
    expect(told({}, { conductNotedAt: hoursOn(9).at }).conductNoted).toBe(1)
    expect(told({}, { conductNotedAt: instant(at - DAY_MS) }).conductNoted).toBe(0)
    expect(told({ atFault: 'customer' }).hoursToFix).toBeUndefined()
    expect(told({ at: instant(asOf - 20 * DAY_MS) }).hoursToFix).toBeUndefined()
  })
})

describe('places', () => {
  test('go from first to last, and equals share theirs', () => {
    const by = (person: string, value: number) => ({ person, kind: '', by: value })
    expect(tellPlaces([by('c', 9), by('a', 1), by('b', 1)])).toEqual([
      { person: 'a', kind: '', value: 0.25 },
      { person: 'b', kind: '', value: 0.25 },
      { person: 'c', kind: '', value: 1 },
    ])
    expect(tellPlaces([by('a', 1)])).toEqual([{ person: 'a', kind: '', value: 0 }])
    expect(tellPlaces([])).toEqual([])
  })
})

describe('a trait', () => {
  const wish: TraitWish = {
    name: null,
    groups: ['young', 'old'],
    basis: 'legitimate-interest',
    reason: 'So that nobody waits longer for being old.',
  }

  test.each<[trait: Parameters<typeof traitProblem>[0], change: Partial<TraitWish>, pointer: string | undefined]>([
    ['age-band', {}, undefined],
    ['age-band', { name: 'Age' }, '/name'],
    ['own', {}, '/name'],
    ['own', { name: 'Tariff' }, undefined],
    ['age-band', { reason: 'because of reasons   ' }, '/reason'],
    ['age-band', { groups: ['young'] }, '/groups'],
    ['age-band', { groups: ['young', ' young '] }, '/groups'],
    ['language', { groups: ['nl'] }, undefined],
    ['language', { groups: ['Dutch'] }, '/groups'],
  ])('%s with %j', (trait, change, pointer) => {
    expect(traitProblem(trait, { ...wish, ...change })?.pointer).toBe(pointer)
  })

  test('a language is known from the profile, by its first part', () => {
    expect(['nl', 'nl-BE', 'NL_be', 'fr', '', null].map((locale) => languageGroup(locale, ['nl', 'en']))).toEqual([
      'nl',
      'nl',
      'nl',
      'other',
      null,
      null,
    ])
  })

  test('of people who were merged the key that holds the relationship speaks, else all others with one voice', () => {
    expect(groupOfKeys('a', ['b'])).toBe('a')
    expect(groupOfKeys(undefined, ['b', undefined, 'b'])).toBe('b')
    expect(groupOfKeys(undefined, ['b', 'c'])).toBeNull()
    expect(groupOfKeys(undefined, [])).toBeNull()
  })
})

describe('the check', () => {
  const people = (group: string, value: number): readonly Told[] =>
    Array.from({ length: 60 }, (_, place) => ({ person: `${group}${place}`, kind: '', value: value + (place % 3) }))

  test('counts differences in what the firm did, and names neither trait nor group', () => {
    const told = [...people('a', 40), ...people('b', 10)]
    const found = equalTreatment(compareGroups([byLetter], { hoursToFix: told, valuePlace: told }))
    expect(found).toMatchObject({ state: 'fails', value: 1, count: 1 })
    expect(found.parts).toEqual([{ name: 'hoursToFix', value: 1, low: null, high: null, count: null }])
    const alike = [...people('a', 10), ...people('b', 10)]
    expect(equalTreatment(compareGroups([byLetter], { hoursToFix: alike }))).toMatchObject({ state: 'holds', value: 0 })
  })

  test('says nothing where nothing is compared, or was broken off', () => {
    expect(equalTreatment(compareGroups([], {}))).toMatchObject({ state: 'too-few', value: null })
    expect(equalTreatment(undefined)).toMatchObject({ state: 'too-few' })
  })
})
