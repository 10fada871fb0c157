import type { ExitStepWish } from '../../../contract/exits.ts'
import { type Accepted, ownEvent } from '../../../contract/ingest.ts'
import type { Actor as CaseActor } from '../../../core/cases/case-command.ts'
import { decideExit, type ExitRefusal, type ExitStep, type Settlement } from '../../../core/exits/exit-case.ts'
import type { Actor } from '../../../core/people/actor.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import { findCase, lockCase } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { findExitByNumber, type StoredExit, saveExit } from '../../../store/exits.ts'
import { readSaved } from '../../../store/relationships.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { emit } from '../../emit.ts'
import { readKeeping, stepCase } from '../../step-case.ts'
import type { World } from '../../world.ts'
import { carryOutPayOut, type PayOutPlan, planPayOut } from '../vouchers/pay-out-vouchers.ts'
import { contractOfNamed } from './match-exit.ts'
import { mailSettlement, owedAtExit } from './settle-with-customer.ts'

/** What came of it. */
export type Stepped =
  | Readonly<{ kind: 'taken'; exit: StoredExit }>
  | Readonly<{ kind: 'no-exit' }>
  | Readonly<{ kind: 'refused'; because: ExitRefusal | 'voucher-held' | 'may-not-pay-out' | 'covers-more' }>

/** Who takes a step, as the audit log and as cases know them, and whether they may pay out vouchers. */
export type StepTaker = Readonly<{ who: Actor; inCases: CaseActor; mayPayOut: boolean }>

/**
 * Takes a step of the firm, tells of it in the log, and notes who did it. Vouchers that Amends keeps are paid out in the
 * same transaction, where the settlement says so.
 */
export async function takeExitStep(
  world: World,
  id: string,
  wish: ExitStepWish,
  { who, inCases, mayPayOut }: StepTaker,
): Promise<Stepped> {
  const at = world.now()
  const refused = (because: Extract<Stepped, { kind: 'refused' }>['because']): Decided<Stepped> => ({
    events: [],
    answer: { kind: 'refused', because },
  })
  const decide = async (tx: Tx): Promise<Decided<Stepped>> => {
    const was = await findExitByNumber(tx, id)
    if (was === undefined) return { events: [], answer: { kind: 'no-exit' } }
    const { customer } = was
    const plan = await planStep(tx, was, wish, { at, mayPayOut })
    if (plan.kind === 'refused') return refused(plan.because)
    const { asked, covers, moves } = plan
    const decision = decideExit(was.exit, withPaidOut(asked, moves), at)
    if (decision.kind === 'refused') return { events: [], answer: decision }
    // Somebody took another step meanwhile, which forbids none: what stands there now is asked again.
    if (!(await saveExit(tx, was, was.exit, decision.exit))) return decide(tx)
    const paid = await carryOutPayOut(world, tx, moves, { who, movement: `exit ${id}`, at })
    const given = await giveRemedies(world, tx, covers, inCases)
    const stored = { ...was, exit: decision.exit }
    if (asked.kind === 'settle') await mailSettlement(world, tx, stored)
    await audit(tx, who, auditOf[asked.kind], { kind: 'customer', id: customer }, { exit: id })
    return {
      events: [
        ...paid,
        ...given,
        ownEvent({ id: `${id} ${asked.kind}`, customer, type: decision.event, at, data: { exit: id } }),
      ],
      answer: { kind: 'taken', exit: stored },
    }
  }
  return appendDecided(world, decide)
}

type Covered = NonNullable<Settlement['covers']>

/** What of that which is owed is paid back now, with its amounts; what is not owed any more is left out. */
async function coveredBy(
  tx: Tx,
  was: StoredExit,
  wished: readonly Readonly<{ is: string; about: string }>[],
  at: Instant,
): Promise<Covered> {
  if (wished.length === 0) return []
  return (await owedAtExit(tx, was, at))
    .filter((one) => wished.some(({ is, about }) => one.is === is && one.about === about))
    .map(({ is, about, minor, currency }) => ({ is, about, minor, currency }))
}

type FirmStep = Exclude<ExitStep, { kind: 'confirm' | 'end' }>

/** Less cannot be paid back than what it is said to be for. */
const coversMore = ({ covers = [], currency, refundMinor }: Settlement): boolean =>
  covers.reduce((sum, one) => (one.currency === currency ? sum + one.minor : sum), 0) > refundMinor

/** A remedy that is paid back with the exit is given in its case, so that it is owed there no more. */
async function giveRemedies(world: World, tx: Tx, covers: Covered, actor: CaseActor): Promise<readonly Accepted[]> {
  const events: Accepted[] = []
  for (const { about, minor } of covers.filter(({ is }) => is === 'remedy')) {
    const found = await findCase(tx, about)
    const was = found === undefined ? undefined : await lockCase(tx, { customer: found.state.customer, id: about })
    if (was === undefined) continue
    const command = { kind: 'compensate', valueMinor: minor, form: 'refund' } as const
    const stepped = await stepCase(world, tx, was, [{ actor, command }], await readKeeping(world, tx, was))
    // What the protocol does not take in holds nobody who leaves: the settlement tells of it all the same.
    if (stepped.kind === 'stepped') events.push(...stepped.events)
  }
  return events
}

type Moves = Extract<PayOutPlan, { kind: 'planned' }>['moves']
type Planned = Readonly<{ kind: 'planned'; asked: FirmStep; covers: Covered; moves: Moves }>

/** What a step comes to: what is paid back and what for, and the vouchers that are paid out with it. */
async function planStep(
  tx: Tx,
  was: StoredExit,
  wish: ExitStepWish,
  { at, mayPayOut }: Readonly<{ at: Instant; mayPayOut: boolean }>,
): Promise<Planned | Extract<Stepped, { kind: 'refused' }>> {
  if (wish.step !== 'settle') return { kind: 'planned', asked: { kind: wish.step }, covers: [], moves: [] }
  const { refundMinor, currency, vouchers, covers: wished = [] } = wish.settlement
  const covers = await coveredBy(tx, was, wished, at)
  const settlement = { refundMinor, currency, vouchers, ...(covers.length === 0 ? {} : { covers }) }
  if (coversMore(settlement)) return { kind: 'refused', because: 'covers-more' }
  const asked = { kind: 'settle', settlement } as const
  if (vouchers !== 'paid-out') return { kind: 'planned', asked, covers, moves: [] }
  const plan = await planPayOut(tx, was.customer, at)
  if (plan.kind === 'held') return { kind: 'refused', because: 'voucher-held' }
  if (plan.moves.length > 0 && !mayPayOut) return { kind: 'refused', because: 'may-not-pay-out' }
  return { kind: 'planned', asked, covers, moves: plan.moves }
}

function withPaidOut(asked: FirmStep, moves: Moves): ExitStep {
  if (asked.kind !== 'settle' || moves.length === 0) return asked
  const paidOut = moves.map(({ was: { voucher, currency }, moved: { minor } }) => ({ voucher, minor, currency }))
  return { ...asked, settlement: { ...asked.settlement, paidOut } }
}

const auditOf = { settle: 'exit.settled', 'hand-over': 'exit.data-handed-over' } as const

/** Ends a contract on its day. Carried out by a job, and safe to repeat. */
export async function endExit(world: World, id: string): Promise<void> {
  const at = world.now()
  await appendDecided(world, async (tx): Promise<Decided<undefined>> => {
    const nothing = { events: [], answer: undefined }
    const was = await findExitByNumber(tx, id)
    const decision = was === undefined ? undefined : decideExit(was.exit, { kind: 'end' }, at)
    if (was === undefined || decision === undefined || decision.kind === 'refused') return nothing
    if (!(await saveExit(tx, was, was.exit, decision.exit))) return nothing
    const { customer } = was
    await emit(world, tx, { type: 'exit.ended', customer, data: { exit: id, kind: was.notice.kind } })
    return { events: await endingEvents(tx, was, at), answer: undefined }
  })
}

/** One contract of several ends alone: the customer has left when none is there any more. */
async function endingEvents(tx: Tx, { customer, id, notice }: StoredExit, at: Instant): Promise<readonly Accepted[]> {
  const ending = (await contractOfNamed(tx, customer, notice))?.subscriptions ?? []
  const running = (await readSaved(tx, [customer])).get(customer)?.state?.facts.subscriptions ?? []
  const isLast = running.every(({ subscription }) => ending.includes(subscription))
  return [
    ...ending.map((subscription, place) =>
      ownEvent({
        id: `${id} ends ${place + 1}`,
        customer,
        type: 'subscription.ended',
        at,
        data: { subscription, by: 'customer' },
      }),
    ),
    ...(isLast
      ? [ownEvent({ id: `${id} ended`, customer, type: 'exit.ended', at, data: { exit: id, by: 'customer' } })]
      : []),
  ]
}
