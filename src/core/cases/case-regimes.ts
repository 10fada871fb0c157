/** The deadlines from law that a case is under, beside the firm's own clocks. */
import { type Instant, instant } from '../time/instant.ts'
import type { RecoveryCase } from './recovery-case.ts'
import { deadlinesFor, type Regime, type RegimeCourse, type StepDeadline } from './regime-deadlines.ts'
import type { RegimeStep } from './regime-pack.ts'

/** What happened in a case, as a pack asks it. Sending a letter starts what begins with `<letter>.sent`. */
export function courseOf(one: RecoveryCase, pack: string): RegimeCourse {
  const letters = one.letters.filter((letter) => letter.pack === pack)
  const { round } = one
  const own = [
    ['case.opened', one.openedAt],
    ['remedy.agreed', round.agreedAt],
    ['failure.fixed', round.fixedAt],
    ['failure.confirmed', round.confirmedAt],
  ] as const
  return {
    starts: firstOf([
      ...own.flatMap(([event, at]) => (at === null ? [] : [[event, at] as const])),
      ...one.regimes.filter((regime) => regime.pack === pack).map(({ event, at }) => [event, at] as const),
      ...letters.map(({ letter, at }) => [`${letter}.sent`, at] as const),
    ]),
    done: firstOf(one.duties.filter((duty) => duty.pack === pack).map(({ step, at }) => [step, at] as const)),
    letters: firstOf(letters.map(({ letter, at }) => [letter, at] as const)),
    pauses: one.pauses,
  }
}

// The first of each name: a letter sent again does not make the first one late.
function firstOf(list: readonly (readonly [name: string, at: Instant])[]): Readonly<Record<string, Instant>> {
  const found: Record<string, Instant> = {}
  for (const [name, at] of list) found[name] ??= at
  return found
}

/** The deadlines of a pack that applies to the case. */
export type CaseRegime = Readonly<{ pack: string; deadlines: readonly StepDeadline[] }>

/** The deadlines of every pack that was found to apply. `regimes`: those of the firm, by the id of their pack. */
export function caseRegimes(
  one: RecoveryCase,
  regimes: ReadonlyMap<string, Regime>,
  now: Instant,
): readonly CaseRegime[] {
  return [...new Set(one.regimes.map(({ pack }) => pack))].flatMap((pack) => {
    const regime = regimes.get(pack)
    return regime === undefined ? [] : [{ pack, deadlines: deadlinesFor(regime, courseOf(one, pack), now) }]
  })
}

/** The earliest deadline of what the firm must still do; null without one. It may be over. */
export function legalDueAt(found: readonly CaseRegime[]): Instant | null {
  const ends = found.flatMap(({ deadlines }) =>
    deadlines.flatMap(({ step, standing, dueAt, doneAt }) =>
      step.duty === 'firm' && step.effect === 'duty_ends' && standing === 'open' && doneAt === null && dueAt !== null
        ? [dueAt]
        : [],
    ),
  )
  return ends.length === 0 ? null : instant(Math.min(...ends))
}

/** How long records are kept, and what holds all the time, is no matter of what is sent now. */
const told: readonly RegimeStep['effect'][] = ['duty_ends', 'right_opens', 'right_ends']

/** What became of one deadline from law: it was met, it begins, or it stays as it was. */
export type LegalChange = Readonly<{ pack: string; kind: 'met' | 'begins' | 'stays'; deadline: StepDeadline }>

/** What changed between two readings of the deadlines of a case: those that have a date and are not over and done. */
export function legalChanges(was: readonly CaseRegime[], is: readonly CaseRegime[]): readonly LegalChange[] {
  const before = new Map(
    was.flatMap(({ pack, deadlines }) => deadlines.map((one) => [nameOf(pack, one), one] as const)),
  )
  return is.flatMap(({ pack, deadlines }) =>
    deadlines.flatMap((deadline): readonly LegalChange[] => {
      const kind = changeOf(before.get(nameOf(pack, deadline)), deadline)
      return kind === null ? [] : [{ pack, kind, deadline }]
    }),
  )
}

function changeOf(was: StepDeadline | undefined, is: StepDeadline): LegalChange['kind'] | null {
  if (is.doneAt !== null) return was?.doneAt === null ? 'met' : null
  if (!told.includes(is.step.effect) || !isRunning(is)) return null
  return was !== undefined && isRunning(was) ? 'stays' : 'begins'
}

const isRunning = ({ standing, dueAt }: StepDeadline): boolean => standing === 'open' && dueAt !== null

const nameOf = (pack: string, { step }: StepDeadline): string => `${pack} ${step.id}`
