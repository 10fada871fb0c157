import { randomUUID } from 'node:crypto'
import type { BulkPreview, BulkWish } from '../../../contract/incidents.ts'
import { giftSentence, type Locale } from '../../../contract/words.ts'
import { type Authority, mayApprove } from '../../../core/cases/authority.ts'
import { casesAt, type ManyGifts, mayGiveMany } from '../../../core/cases/incident.ts'
import { audit } from '../../../store/audit.ts'
import type { Tx } from '../../../store/db.ts'
import { lockGivers } from '../../../store/gifts.ts'
import {
  addCases,
  addDone,
  addStep,
  answerStep,
  type CasesAt,
  countCases,
  lockStep,
} from '../../../store/incident-steps.ts'
import { findIncident } from '../../../store/incidents.ts'
import type { Colleague } from '../../../store/people.ts'
import { readSettings } from '../../../store/settings.ts'
import { addTask } from '../../../store/tasks.ts'
import { readDeskNames } from '../../../store/views/case-queue-view.ts'
import type { Caller } from '../../caller.ts'
import { readRemedyRules, readSpentBy } from '../../case-authority.ts'
import { sightOf } from '../../case-sight.ts'
import { type Asker, askerOf, mayUndo, refuseProgram } from '../../incident-asker.ts'
import { Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'
import { unknownIncident } from './manage-incident.ts'
import type { IncidentStep } from './run-incident-step.ts'

/** A step that somebody asks for, or wants to look at first. */
export type BulkAsk = Readonly<{ incident: string; wish: BulkWish; locale: Locale }>

/** Says how many cases a step is for, what all of them are given, and whether the caller may. Changes nothing. */
export async function previewStep(world: World, caller: Caller, ask: BulkAsk): Promise<BulkPreview> {
  refuseProgram(caller, ask.wish)
  return world.db.transaction(async (tx) => {
    const { counted, many, authority, budgets } = await weigh(world, tx, caller, ask)
    const names = await readDeskNames(tx, Object.keys(budgets))
    const { currency } = await readSettings(tx)
    const amountMinor = many?.asked.amountMinor ?? 0
    return {
      cases: counted.cases,
      totalMinor: counted.totalMinor,
      authority: authority.kind,
      passed: authority.kind === 'four eyes' ? [...authority.passed] : [],
      roles: authority.kind === 'four eyes' ? [...authority.roles] : [],
      sentence: authority.kind === 'refused' ? sentenceOf(ask.locale, authority) : null,
      budgets: (many?.teams ?? []).flatMap(({ team, cases, spentMinor }) => {
        const budget = budgets[team]
        if (budget === undefined) return []
        const named = { id: team, name: names.get(team) ?? '' }
        return [{ team: named, totalMinor: cases * amountMinor, leftMinor: budget - spentMinor }]
      }),
      currency,
    }
  })
}

/**
 * Begins a step for all open cases of an incident that are at it now. Where the sum goes beyond what the caller may
 * give, a second person is asked first; nothing is done until then.
 */
export async function askStep(
  world: World,
  caller: Caller,
  ask: BulkAsk,
): Promise<Readonly<{ id: string; cases: number; state: 'started' | 'asked' }>> {
  refuseProgram(caller, ask.wish)
  const { incident, wish } = ask
  return world.db.transaction(async (tx) => {
    const { counted, authority, at } = await weigh(world, tx, caller, ask)
    if (counted.cases === 0) throw new Refusal('not-in-this-state', 'No open case of this incident is at this step.')
    if (authority.kind === 'refused') {
      throw new Refusal('case-refused', sentenceOf(ask.locale, authority), { because: authority.because })
    }
    const id = randomUUID()
    const state = authority.kind === 'allowed' ? 'started' : 'asked'
    await addStep(tx, stepOf(world, caller, { id, incident, wish, state, totalMinor: counted.totalMinor }))
    const cases = await addCases(tx, id, at)
    if (state === 'started') await addTask(tx, { id, kind: 'incident', title: incident, input: {} })
    const details = { step: wish.kind.replaceAll(' ', '-'), cases, totalMinor: counted.totalMinor, state }
    await audit(tx, caller.actor, 'incident.step-asked', { kind: 'incident', id: incident }, details)
    return { id, cases, state }
  })
}

type NewStep = Readonly<{
  id: string
  incident: string
  wish: BulkWish
  state: 'started' | 'asked'
  totalMinor: number
}>
const stepOf = (world: World, caller: Caller, step: NewStep) => ({
  ...step,
  kind: step.wish.kind,
  askedBy: askerOf(caller),
  askedAt: world.now(),
  undoes: null,
})

const sentenceOf = (locale: Locale, { because }: Extract<Authority, { kind: 'refused' }>): string =>
  because === 'amount-not-positive' ? 'The amount is not above zero.' : giftSentence(locale, because)

type Weighed = Readonly<{
  at: CasesAt
  counted: Readonly<{ cases: number; totalMinor: number }>
  /** Null where nothing is promised. */
  many: ManyGifts | null
  authority: Authority
  /** Of the teams that have one. */
  budgets: Readonly<Record<string, number>>
}>

async function weigh(world: World, tx: Tx, caller: Caller, { incident, wish }: BulkAsk): Promise<Weighed> {
  if ((await findIncident(tx, incident)) === undefined) throw unknownIncident()
  const at: CasesAt = { incident, at: casesAt(wish.kind), teams: sightOf(caller) }
  const found = await countCases(tx, at)
  const cases = found.reduce((sum, one) => sum + one.cases, 0)
  const owedMinor = found.reduce((sum, one) => sum + one.owedMinor, 0)
  const { colleague } = caller
  if (wish.kind !== 'agree remedy' || wish.remedy.valueMinor === 0 || colleague === undefined || cases === 0) {
    const totalMinor = wish.kind === 'compensate' ? owedMinor : 0
    return { at, counted: { cases, totalMinor }, many: null, authority: allowed, budgets: {} }
  }
  const { rules } = await readRemedyRules(tx)
  const gift = { amountMinor: wish.remedy.valueMinor, reason: wish.reason ?? null }
  const many = await manyOf(world, tx, { colleague, found, gift })
  const authority = mayGiveMany(many, rules.authority)
  const budgets = rules.authority.teamMonthMinor
  return { at, counted: { cases, totalMinor: cases * gift.amountMinor }, many, authority, budgets }
}

const allowed: Authority = {
  kind: 'allowed',
  left: { caseMinor: 0, dayMinor: 0, monthMinor: 0, teamMonthMinor: 0 },
}

type Giving = Readonly<{
  colleague: Asker['colleague'] & object
  found: readonly Readonly<{ team: string | null; cases: number }>[]
  gift: Readonly<{ amountMinor: number; reason: string | null }>
}>

/** The cases by the team that pays, with what it and the giver gave already. */
async function manyOf(world: World, tx: Tx, { colleague, found, gift }: Giving): Promise<ManyGifts> {
  const { timeZone } = await readSettings(tx)
  const byTeam = new Map<string, number>()
  for (const { team, cases } of found) {
    const paying = team ?? colleague.teams[0] ?? ''
    byTeam.set(paying, (byTeam.get(paying) ?? 0) + cases)
  }
  const teams: { team: string; cases: number; spentMinor: number }[] = []
  let spent = { dayMinor: 0, monthMinor: 0 }
  for (const [team, cases] of [...byTeam].sort()) {
    await lockGivers(tx, colleague.id, team)
    const given = await readSpentBy(tx, { person: colleague.id, team, at: world.now(), timeZone })
    spent = given
    teams.push({ team, cases, spentMinor: given.teamMonthMinor })
  }
  return { asked: { person: colleague.id, role: colleague.role, ...gift }, spent, teams }
}

/** A second person agrees to a remedy for many, or does not; if she does, it is begun. */
export async function answerForStep(
  world: World,
  { caller, colleague }: Readonly<{ caller: Caller; colleague: Colleague }>,
  { incident, id, agrees, locale }: Readonly<{ incident: string; id: string; agrees: boolean; locale: Locale }>,
): Promise<void> {
  await world.db.transaction(async (tx) => {
    const step: IncidentStep | undefined = await lockStep(tx, id)
    if (
      step === undefined ||
      step.incident !== incident ||
      step.state !== 'asked' ||
      step.wish.kind !== 'agree remedy'
    ) {
      throw new Refusal('not-found', 'Nothing of this name waits for an answer.')
    }
    const asking = step.askedBy.colleague
    if (agrees && asking !== null) {
      const because = await refusalOf(tx, step, { asking, colleague })
      if (because !== null) throw new Refusal('case-refused', giftSentence(locale, because), { because })
    }
    await answerStep(tx, id, agrees ? 'started' : 'refused', colleague.id)
    if (agrees) await addTask(tx, { id, kind: 'incident', title: incident, input: {} })
    const details = { agrees, totalMinor: step.totalMinor }
    await audit(tx, caller.actor, 'incident.step-answered', { kind: 'incident', id: incident }, details)
  })
}

type Two = Readonly<{ asking: NonNullable<Asker['colleague']>; colleague: Colleague }>

async function refusalOf(tx: Tx, { wish }: IncidentStep, { asking, colleague }: Two) {
  if (wish.kind !== 'agree remedy') return null
  const { rules } = await readRemedyRules(tx)
  const amountMinor = wish.remedy.valueMinor
  const range = { lowMinor: 0, highMinor: amountMinor }
  const asked = { person: asking.id, role: asking.role, team: '', amountMinor, range, reason: wish.reason ?? null }
  // The sum went beyond the limits when it was asked for: as much as the limit hold are spent.
  const full = {
    caseMinor: 0,
    dayMinor: Number.MAX_SAFE_INTEGER / 2,
    monthMinor: Number.MAX_SAFE_INTEGER / 2,
    teamMonthMinor: 0,
  }
  const answer = mayApprove(asked, { person: colleague.id, role: colleague.role }, full, rules.authority)
  return answer.kind === 'refused' ? answer.because : null
}

/** Takes a step for many back, where nobody worked on the case since; answers the step in which that is done. */
export async function undoStep(
  world: World,
  caller: Caller,
  { incident, id }: Readonly<{ incident: string; id: string }>,
): Promise<string> {
  return world.db.transaction(async (tx) => {
    const step: IncidentStep | undefined = await lockStep(tx, id)
    if (step === undefined || step.incident !== incident) throw unknownIncident()
    if (!mayUndo(step, caller, world.now())) {
      throw new Refusal(
        'not-in-this-state',
        'Only who did it takes it back, within ten minutes; never money that was paid.',
      )
    }
    const undo = randomUUID()
    await addStep(tx, {
      id: undo,
      incident,
      kind: 'undo',
      wish: { kind: 'undo' },
      askedBy: askerOf(caller),
      askedAt: world.now(),
      state: 'started',
      undoes: id,
      totalMinor: 0,
    })
    const cases = await addDone(tx, undo, id)
    await addTask(tx, { id: undo, kind: 'incident', title: incident, input: {} })
    await audit(tx, caller.actor, 'incident.step-undone', { kind: 'incident', id: incident }, { cases })
    return undo
  })
}
