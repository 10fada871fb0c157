import type { CasePage } from '../../contract/cases.ts'
import { packName, stepInWords } from '../../contract/regime-words.ts'
import { caseSentence, type Locale } from '../../contract/words.ts'
import { type CaseStep, caseClocks, caseSteps, type StepClock } from '../../core/cases/case-clocks.ts'
import type { Actor, CaseCommand } from '../../core/cases/case-command.ts'
import { casePlace } from '../../core/cases/case-place.ts'
import { caseRegimes } from '../../core/cases/case-regimes.ts'
import { decide, isUndoable } from '../../core/cases/decide-case.ts'
import { type RecoveryCase, repairUntil } from '../../core/cases/recovery-case.ts'
import {
  type Arithmetic,
  proposeRemedy,
  type RemedyPolicy,
  type RemedyQuestion,
  worthOf,
} from '../../core/cases/remedy.ts'
import { compareWith, nearTo, similarTo } from '../../core/cases/similar-cases.ts'
import { type StepCost, stepCosts } from '../../core/goodwill/step-cost.ts'
import { type Instant, instant, rfc3339, SECOND_MS } from '../../core/time/instant.ts'
import { findCase } from '../../store/cases.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import { readClosedLike } from '../../store/views/closed-cases-view.ts'
import { type CustomerRead, findCustomer } from '../../store/views/customer-view.ts'
import type { Caller } from '../caller.ts'
import { caseActor } from '../case-actor.ts'
import { readRemedyRules } from '../case-authority.ts'
import { mayRead } from '../case-sight.ts'
import { type CaseStandards, readCaseStandards } from '../case-standards.ts'
import type { World } from '../world.ts'
import { approvalsOf, authorityOf } from './case-money.ts'
import { caseRowOf, namedIn, timeOf } from './case-row.ts'
import { readTold } from './case-told.ts'
import { tellStory } from './tell-story.ts'

const UNDO_MS = 10 * SECOND_MS

/** How a case is told; `words` false leaves out what people typed and wrote. */
export type CaseLook = Readonly<{ locale: Locale; words: boolean }>

/** One case on one page, as the caller may see and work on it; undefined when there is none that she sees. */
export async function showCase(
  world: World,
  caller: Caller,
  id: string,
  { locale, words }: CaseLook,
): Promise<CasePage | undefined> {
  const { db } = world
  const found = await findCase(db, id)
  if (found === undefined || !mayRead(caller, found.state)) return undefined
  const one = found.state
  const now = world.now()
  const [standards, customer, closed, names, remedyRules] = await Promise.all([
    readCaseStandards(db),
    findPerson(world, one.customer),
    readClosedLike(db, one.category, id),
    readDeskNames(db, namedIn([one])),
    readRemedyRules(db),
  ])
  const question = questionOf(one, customer, now, remedyRules.rules.remedy)
  const proposal = proposalFor(question)
  const similar = similarTo(one, closed)
  const place = casePlace(one, standards, now, { minor: found.placedMinor, usualMinor: 0 })
  const { round, last } = one
  const isMine = isUndoable(one) && last?.by === nameOf(caseActor(caller)) && now - last.at <= UNDO_MS
  return {
    ...caseRowOf({ ...place, state: one, name: customer?.state?.person.name ?? null }, names),
    isOpen: place.isOpen,
    wordsGoneAt: found.wordsGoneAt?.toISOString() ?? null,
    openedBy: one.openedBy,
    atFault: one.atFault,
    rootCause: one.rootCause,
    remedy: round.remedy === null ? null : { ...round.remedy, fixBy: timeOf(round.remedy.fixBy) },
    compensatedMinor: round.compensatedMinor,
    tries: round.tries.map(rfc3339),
    repairUntil: timeOf(repairUntil(one)),
    steps: stepsOf(one, { standards, locale, now, actor: caseActor(caller), costs: costsOf(one, customer, now) }),
    legal: legalOf(one, standards, { locale, now }),
    story: await tellStory(world, one, [one.customer, ...(customer?.members ?? [])], {
      locale,
      timeZone: standards.timeZone,
      words,
    }),
    proposal,
    similar: {
      cases: similar.map(({ case: other, ...rest }) => ({ id: other, ...rest })),
      comparison: compareWith(similar, round.remedy?.valueMinor ?? proposal?.amountMinor ?? 0),
      given: nearTo(one, closed).map(({ givenMinor }) => givenMinor),
    },
    authority: await authorityOf(world, one, caller, { rules: remedyRules.rules, timeZone: standards.timeZone }),
    approvals: await approvalsOf(world, one, {
      caller,
      rules: remedyRules.rules,
      timeZone: standards.timeZone,
      locale,
      similar,
      worth: (amountMinor) => worthFor(question, amountMinor),
    }),
    told: await readTold(world, one),
    undoUntil: isMine && last !== null ? rfc3339(instant(last.at + UNDO_MS)) : null,
    asOf: rfc3339(now),
    firmCurrency: customer?.settings.currency ?? one.currency ?? '',
  }
}

const nameOf = (actor: Actor): string => (actor.kind === 'customer' ? 'customer' : actor.id)

async function findPerson({ db }: World, customer: string): Promise<CustomerRead | undefined> {
  const asked = await findCustomer(db, customer)
  return asked === undefined || asked.root === null ? asked : findCustomer(db, asked.root)
}

// Nothing is read of a customer before the last event.
const asOf = ({ state }: CustomerRead, now: Instant): Instant => instant(Math.max(now, state?.lastAt ?? now))

function costsOf(one: RecoveryCase, customer: CustomerRead | undefined, now: Instant): readonly StepCost[] {
  if (customer === undefined || customer.state === null) return []
  return stepCosts(customer.state, one.failure, customer.model, customer.settings, asOf(customer, now))
}

function questionOf(
  one: RecoveryCase,
  customer: CustomerRead | undefined,
  now: Instant,
  policy: RemedyPolicy,
): RemedyQuestion | null {
  if (customer === undefined || customer.state === null) return null
  const { state, model, settings: margins } = customer
  const at = asOf(customer, now)
  return { state, failure: one.failure, model, margins, at, policy, harm: null, preferredChannel: null }
}

function proposalFor(question: RemedyQuestion | null): CasePage['proposal'] {
  const proposed = question === null ? ({ kind: 'unknown' } as const) : proposeRemedy(question)
  if (proposed.kind === 'unknown') return null
  const { kind: _kind, options, ...rest } = proposed
  return { ...rest, options: options.map(inWholeMinor) }
}

function worthFor(question: RemedyQuestion | null, amountMinor: number): Arithmetic | null {
  const worth = question === null ? ({ kind: 'unknown' } as const) : worthOf(question, amountMinor)
  return worth.kind === 'unknown' ? null : inWholeMinor(worth.arithmetic)
}

const inWholeMinor = ({ valueMinor, gainMinor, harmMinor, expectedMinor, ...rest }: Arithmetic): Arithmetic => ({
  ...rest,
  valueMinor: Math.round(valueMinor),
  gainMinor: Math.round(gainMinor),
  harmMinor: Math.round(harmMinor),
  expectedMinor: Math.round(expectedMinor),
})

type Around = Readonly<{
  standards: CaseStandards
  locale: Locale
  now: Instant
  actor: Actor
  costs: readonly StepCost[]
}>

function stepsOf(one: RecoveryCase, around: Around): CasePage['steps'] {
  const clocks = caseClocks(one, around.standards.policy, around.now)
  const next = clocks.find(({ doneAt }) => doneAt === null)?.step
  return caseSteps.map((step) => {
    const clock = clocks.find((known) => known.step === step)
    return {
      step,
      standing: standingOf(one, step, clock, next),
      startedAt: timeOf(clock?.startedAt ?? null),
      doneAt: timeOf(clock?.doneAt ?? null),
      notBefore: timeOf(clock?.notBefore ?? null),
      clock: clock === undefined ? null : clockView(clock),
      costs: around.costs
        .filter((cost) => cost.step === step)
        .map(({ how, stay, valueMinor }) => ({ how, stay, valueMinor })),
      refusal: refusalOf(one, step, around),
    }
  })
}

function clockView({ clock }: StepClock): NonNullable<CasePage['steps'][number]['clock']> {
  const { kind: _kind, warnAt, dueAt, ...rest } = clock
  return { ...rest, warnAt: timeOf(warnAt), dueAt: timeOf(dueAt) }
}

function standingOf(
  one: RecoveryCase,
  step: CaseStep,
  clock: StepClock | undefined,
  next: CaseStep | undefined,
): CasePage['steps'][number]['standing'] {
  if (clock?.doneAt != null) return 'done'
  if (clock !== undefined) return step === next ? 'next' : 'owed'
  const isFree = step === 'compensate' && one.round.remedy !== null
  if (isFree || (step === 'apologise' && one.atFault !== 'firm')) return 'not owed'
  return one.round.closedAt === null ? 'not started' : 'skipped'
}

// What somebody would ask to do the step, filled in so that only the protocol can refuse it.
function commandFor(one: RecoveryCase, step: CaseStep): CaseCommand {
  switch (step) {
    case 'acknowledge':
    case 'own':
      return { kind: step }
    case 'apologise':
      return { kind: step, isSpecific: true }
    case 'agree remedy':
      return { kind: step, remedy: { what: step, fixBy: null, valueMinor: 0, form: null } }
    case 'fix':
      return { kind: step, how: null }
    case 'compensate':
      return {
        kind: step,
        valueMinor: Math.max(1, (one.round.remedy?.valueMinor ?? 0) - one.round.compensatedMinor),
        form: null,
      }
    case 'confirm':
    case 'follow up':
      return { kind: step, satisfied: true }
    case 'close':
      return { kind: step, rootCause: step }
  }
}

function refusalOf(
  one: RecoveryCase,
  step: CaseStep,
  { standards, locale, now, actor }: Around,
): CasePage['steps'][number]['refusal'] {
  const ask = { id: '', actor, command: commandFor(one, step), revision: null, now }
  const answer = decide(one, ask, standards.policy)
  if (answer.kind === 'decided') return null
  return {
    because: answer.because,
    sentence: caseSentence(locale, answer, standards.timeZone),
    step: answer.step ?? null,
    fromAt: timeOf(answer.fromAt ?? null),
  }
}

function legalOf(
  one: RecoveryCase,
  { regimes }: CaseStandards,
  { locale, now }: Pick<Around, 'locale' | 'now'>,
): CasePage['legal'] {
  return caseRegimes(one, regimes, now).flatMap(({ pack, deadlines }) => {
    const known = regimes.get(pack)?.pack
    if (known === undefined) return []
    const steps = deadlines.map(({ step: told, standing, startsAt, notBefore, dueAt, doneAt, isLate, holidays }) => {
      const step = stepInWords(locale, told)
      return {
        id: step.id,
        name: step.name,
        duty: step.duty,
        effect: step.effect,
        letter: step.letter,
        standing,
        startsAt: timeOf(startsAt),
        notBefore: timeOf(notBefore),
        dueAt: timeOf(dueAt),
        doneAt: timeOf(doneAt),
        isLate,
        holidays,
        source: { ...step.source },
      }
    })
    return [{ pack, name: packName(locale, known.name), law: known.law, steps }]
  })
}
