import { randomUUID } from 'node:crypto'
import { ownEvent } from '../../../contract/ingest.ts'
import { type MemberState, type MemberStep, memberAfter } from '../../../core/listening/input-round.ts'
import type { Tx } from '../../../store/db.ts'
import { findRound, lockMember, moveMember } from '../../../store/input-rounds.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import type { World } from '../../world.ts'

const eventOf = { join: 'input.joined', decline: 'input.declined', leave: 'input.left', give: 'input.given' } as const

/**
 * A step of somebody in a round, told to the log: agreeing is the consent, and leaving takes it back. Answers where she
 * stands then; a step that cannot be taken changes nothing. Undefined for somebody who was never invited.
 */
export async function stepInRound(
  world: World,
  { customer, round }: Readonly<{ customer: string; round: string }>,
  step: MemberStep,
): Promise<MemberState | undefined> {
  return appendDecided(world, async (tx: Tx): Promise<Decided<MemberState | undefined>> => {
    const [member, of] = [await lockMember(tx, customer, round), await findRound(tx, round)]
    if (member === undefined || of === undefined) return { events: [], answer: undefined }
    const state = memberAfter(member.state, step)
    // A closed round takes nobody in any more; whoever wants to stop still can.
    if (state === null || (step === 'join' && of.state === 'closed')) return { events: [], answer: member.state }
    const now = world.now()
    await moveMember(tx, { ...member, state }, now)
    const id = `${round} ${step} ${randomUUID()}`
    const event = ownEvent({ id, customer, type: eventOf[step], at: now, data: { kind: of.kind, round } })
    return { events: [event], answer: state }
  })
}

/** Writes down an idea of a customer; the log keeps it, and the list of ideas follows. */
export async function tellIdea(
  world: World,
  { customer, text, round }: Readonly<{ customer: string; text: string; round: string | null }>,
): Promise<void> {
  await appendDecided(world, async () => {
    const data = { kind: 'idea', text, ...(round === null ? {} : { round }) }
    const event = ownEvent({ id: `idea ${randomUUID()}`, customer, type: 'input.given', at: world.now(), data })
    return { events: [event], answer: undefined }
  })
}
