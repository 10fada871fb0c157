/**
 * Regime packs: the duties and rights that a kind of case brings, as data with source and date. They state what was
 * found where; whether they bind the firm is for its counsel to say, and open questions stay visible.
 */
import { assert } from '../assert.ts'
import { minuteOfDay } from '../time/calendar.ts'
import table from '../time/calendars/regimes.json' with { type: 'json' }
import { type PeriodUnit, periodUnits } from '../time/deadline.ts'
import { type HolidayRegion, holidayRegions } from '../time/holidays.ts'
import { dayNumber } from '../time/local-date.ts'

/** `found` in the research named, not read again; `recalled` from memory; `uncertain`; `house` is our own rule. */
const sureness = ['found', 'recalled', 'uncertain', 'house'] as const

/** What happens when a step's time is over. */
const effects = [
  'duty_ends', // the firm must have done it by then
  'route_closes', // an optional route that is open until then
  'right_opens', // the customer may act from then on
  'right_ends', // the customer may act until then
  'retention', // kept until then at least
  'cap', // may not be longer than this
  'standing_duty', // holds all the time
  'stage', // a step in order, without a date
] as const

const dutyOf = ['firm', 'customer'] as const
const bareKinds = ['promptly', 'at_once', 'firm_sets', 'none'] as const

/** A figure and where it is from. */
export type RegimeSource = Readonly<{
  title: string
  /** The day on which it was written down, not the day of the law. */
  notedOn: string
  sure: (typeof sureness)[number]
  note: string | null
}>

/**
 * `period`: as in `deadline`; `endsAt` null is the close of business, which the firm sets. `window`: not before
 * `fromN`, not after `toN`. `promptly`: the source gives no number, the firm sets a target. `at_once`: due as it starts.
 */
export type RegimeTerm =
  | Readonly<{ kind: 'period'; unit: PeriodUnit; n: number; rollover: boolean; endsAt: string | null }>
  | Readonly<{ kind: 'window'; unit: PeriodUnit; fromN: number; toN: number; rollover: boolean; endsAt: string | null }>
  | Readonly<{ kind: (typeof bareKinds)[number] }>

/** One duty or right of a pack. */
export type RegimeStep = Readonly<{
  id: string
  name: string
  duty: (typeof dutyOf)[number]
  /** The event that starts it; `standing` holds all the time, `previous_stage` is the step before in the list. */
  starts: string
  deadline: RegimeTerm
  effect: (typeof effects)[number]
  pauseAllowed: boolean
  /** The letter with which it is done. */
  letter: string | null
  optional: boolean
  /** Compared with the local date on which the step starts. */
  validFrom: string | null
  validUntil: string | null
  /** Stands in for that step once what it needs was done while that step was not yet over. */
  replaces: string | null
  needs: string | null
  needsLetter: string | null
  notNeededIf: string | null
  /** The figures that `n` is the sum of; counted in one go. */
  sumOf: readonly number[]
  /** Other figures seen for the same term. */
  alsoSeen: readonly Readonly<{ unit: PeriodUnit; n: number }>[]
  source: RegimeSource
}>

/** A letter that a pack requires. */
export type RegimeLetter = Readonly<{ id: string; name: string; durableMedium: boolean }>

/** The steps of one body of rules. A zone or region of null is the firm's own. */
export type RegimePack = Readonly<{
  id: string
  name: string
  jurisdiction: string
  law: boolean
  appliesTo: string
  zone: string | null
  holidayRegion: HolidayRegion | null
  letters: readonly RegimeLetter[]
  steps: readonly RegimeStep[]
  openQuestions: readonly string[]
}>

type Row = ReadonlyMap<string, unknown>

const rowOf = (value: unknown): Row => {
  assert(typeof value === 'object' && value !== null && !Array.isArray(value), 'a pack is made of objects')
  return new Map(Object.entries(value))
}

function text(row: Row, name: string): string {
  const value = row.get(name)
  assert(typeof value === 'string' && value !== '', `${name} is a text`)
  return value
}

const textOrNull = (row: Row, name: string): string | null => (row.get(name) == null ? null : text(row, name))

function flag(row: Row, name: string): boolean {
  const value = row.get(name) ?? false
  assert(typeof value === 'boolean', `${name} is true or false`)
  return value
}

function count(row: Row, name: string): number {
  const value = row.get(name)
  assert(typeof value === 'number' && Number.isInteger(value) && value >= 1, `${name} is an integer of at least 1`)
  return value
}

function word<Word extends string>(row: Row, name: string, words: readonly Word[]): Word {
  const found = words.find((one) => one === row.get(name))
  assert(found !== undefined, `${name} is one of ${words.join(', ')}`)
  return found
}

function list<Item>(row: Row, name: string, read: (item: unknown) => Item): readonly Item[] {
  const value = row.get(name) ?? []
  assert(Array.isArray(value), `${name} is a list`)
  return value.map(read)
}

function dateOrNull(row: Row, name: string): string | null {
  const date = textOrNull(row, name)
  assert(date === null || dayNumber(date) !== null, `${name} is a date`)
  return date
}

function sentence(value: unknown): string {
  assert(typeof value === 'string', 'a question is a text')
  return value
}

function figure(value: unknown): number {
  assert(typeof value === 'number', 'a figure is a number')
  return value
}

function termOf(value: unknown): RegimeTerm {
  const row = rowOf(value)
  const kind = word(row, 'kind', ['period', 'window', ...bareKinds])
  if (kind !== 'period' && kind !== 'window') return { kind }
  const ends = text(row, 'endsAt')
  const endsAt = ends === 'close_of_business' ? null : ends
  assert(endsAt === null || minuteOfDay(endsAt) !== null, 'endsAt is a time or the close of business')
  const base = { unit: word(row, 'unit', periodUnits), rollover: flag(row, 'rollover'), endsAt }
  return kind === 'period'
    ? { kind, ...base, n: count(row, 'n') }
    : { kind, ...base, fromN: count(row, 'fromN'), toN: count(row, 'toN') }
}

function sourceOf(value: unknown): RegimeSource {
  const row = rowOf(value)
  const notedOn = dateOrNull(row, 'notedOn')
  assert(notedOn !== null, 'a source has the date on which it was noted')
  return { title: text(row, 'title'), notedOn, sure: word(row, 'sure', sureness), note: textOrNull(row, 'note') }
}

function stepOf(value: unknown): RegimeStep {
  const row = rowOf(value)
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    duty: word(row, 'duty', dutyOf),
    starts: text(row, 'starts'),
    deadline: termOf(row.get('deadline')),
    effect: word(row, 'effect', effects),
    pauseAllowed: flag(row, 'pauseAllowed'),
    letter: textOrNull(row, 'letter'),
    optional: flag(row, 'optional'),
    validFrom: dateOrNull(row, 'validFrom'),
    validUntil: dateOrNull(row, 'validUntil'),
    replaces: textOrNull(row, 'replaces'),
    needs: textOrNull(row, 'needs'),
    needsLetter: textOrNull(row, 'needsLetter'),
    notNeededIf: textOrNull(row, 'notNeededIf'),
    sumOf: list(row, 'sumOf', figure),
    alsoSeen: list(row, 'alsoSeen', (item) => {
      const seen = rowOf(item)
      return { unit: word(seen, 'unit', periodUnits), n: count(seen, 'n') }
    }),
    source: sourceOf(row.get('source')),
  }
}

/** Reads a pack. What is not one stops at once: packs are checked where they are written. */
export function readRegimePack(value: unknown): RegimePack {
  const row = rowOf(value)
  const region = text(row, 'holidayRegion')
  const zone = text(row, 'zone')
  const pack: RegimePack = {
    id: text(row, 'id'),
    name: text(row, 'name'),
    jurisdiction: text(row, 'jurisdiction'),
    law: flag(row, 'law'),
    appliesTo: text(row, 'appliesTo'),
    zone: zone === 'firm' ? null : zone,
    holidayRegion: region === 'firm' ? null : word(row, 'holidayRegion', holidayRegions),
    letters: list(row, 'letters', (item) => {
      const letter = rowOf(item)
      return { id: text(letter, 'id'), name: text(letter, 'name'), durableMedium: flag(letter, 'durableMedium') }
    }),
    steps: list(row, 'steps', stepOf),
    openQuestions: list(row, 'openQuestions', sentence),
  }
  checkReferences(pack)
  return pack
}

function checkReferences({ id, steps, letters }: RegimePack): void {
  const knows = (name: string | null, among: readonly { id: string }[]) =>
    name === null || among.some((one) => one.id === name)
  assert(new Set(steps.map((step) => step.id)).size === steps.length, `${id}: each step has an id of its own`)
  for (const step of steps) {
    const where = `${id}/${step.id}`
    assert(
      [step.replaces, step.needs, step.notNeededIf].every((name) => knows(name, steps)),
      `${where}: names steps`,
    )
    assert(
      [step.letter, step.needsLetter].every((name) => knows(name, letters)),
      `${where}: names letters of its pack`,
    )
    const sum = step.sumOf.reduce((before, one) => before + one, 0)
    const { deadline } = step
    assert(sum === 0 || (deadline.kind === 'period' && deadline.n === sum), `${where}: n is the sum of its figures`)
  }
}

/** The packs that come with the product, in the order of the file. */
export const regimePacks: readonly RegimePack[] = table.packs.map(readRegimePack)
