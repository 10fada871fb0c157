import { type Accepted, ownEvent } from '../../contract/ingest.ts'
import type { Actor } from '../../core/actor.ts'
import { decideExit, type ExitRefusal, type ExitStep } from '../../core/exit-case.ts'
import type { Instant } from '../../core/instant.ts'
import { audit } from '../../store/audit.ts'
import type { Tx } from '../../store/db.ts'
import { findExitByNumber, type StoredExit, saveExit } from '../../store/exits.ts'
import { readSaved } from '../../store/relationships.ts'
import { appendDecided, type Decided } from '../append-events.ts'
import { emit } from '../emit.ts'
import type { World } from '../world.ts'
import { contractOfNamed } from './match-exit.ts'
import { carryOutPayOut, type PayOutPlan, planPayOut } from './pay-out-vouchers.ts'
import { mailSettlement } from './settle-with-customer.ts'

/** What came of it. */
export type Stepped =
  | Readonly<{ kind: 'taken'; exit: StoredExit }>
  | Readonly<{ kind: 'no-exit' }>
  | Readonly<{ kind: 'refused'; because: ExitRefusal | 'voucher-held' | 'may-not-pay-out' }>

/** Who takes a step, and whether they may pay out vouchers. */
export type StepTaker = Readonly<{ who: Actor; mayPayOut: boolean }>

/**
 * Takes a step of the firm, tells of it in the log, and notes who did it. Vouchers that Amends keeps are paid out in the
 * same transaction, where the settlement says so.
 */
export async function takeExitStep(
  world: World,
  id: string,
  asked: Exclude<ExitStep, { kind: 'confirm' | 'end' }>,
  { who, mayPayOut }: StepTaker,
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
    const paysOut = asked.kind === 'settle' && asked.settlement.vouchers === 'paid-out'
    const plan = paysOut ? await planPayOut(tx, customer, at) : nothingToPayOut
    if (plan.kind === 'held') return refused('voucher-held')
    if (plan.moves.length > 0 && !mayPayOut) return refused('may-not-pay-out')
    const decision = decideExit(was.exit, withPaidOut(asked, plan), at)
    if (decision.kind === 'refused') return { events: [], answer: decision }
    // Somebody took another step meanwhile, which forbids none: what stands there now is asked again.
    if (!(await saveExit(tx, was, was.exit, decision.exit))) return decide(tx)
    const paid = await carryOutPayOut(world, tx, plan, { who, movement: `exit ${id}`, at })
    const stored = { ...was, exit: decision.exit }
    if (asked.kind === 'settle') await mailSettlement(world, tx, stored)
    await audit(tx, who, auditOf[asked.kind], { kind: 'customer', id: customer }, { exit: id })
    return {
      events: [
        ...paid,
        ownEvent({ id: `${id} ${asked.kind}`, customer, type: decision.event, at, data: { exit: id } }),
      ],
      answer: { kind: 'taken', exit: stored },
    }
  }
  return appendDecided(world, decide)
}

const nothingToPayOut = { kind: 'planned', moves: [] } as const

function withPaidOut(
  asked: Exclude<ExitStep, { kind: 'confirm' | 'end' }>,
  { moves }: Extract<PayOutPlan, { kind: 'planned' }>,
): ExitStep {
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
