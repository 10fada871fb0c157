import { ownEvent } from '../../../contract/ingest.ts'
import type { CaseQuestion } from '../../../core/cases/case-questions.ts'
import { mayAdd } from '../../../core/cases/case-standing.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { addNote, lockCase, readNotes, touchCase } from '../../../store/cases.ts'
import { appendDecided } from '../../append-events.ts'
import { readKeeping, stepCase } from '../../step-case.ts'
import type { World } from '../../world.ts'

/** Whoever wrote from the public page is named so. */
const CUSTOMER = 'customer'

type Place = Readonly<{ customer: string; case: string }>

/** What became of an answer; `moved-on` when the case has one, or is in another round by now. */
export type Answered = Readonly<{ kind: 'answered'; state: RecoveryCase }> | Readonly<{ kind: 'moved-on' }>

/**
 * The customer answers whether it is put right, or whether it holds. A no begins a new round of the case: to a senior
 * person, in front of the queue, and without any automatic mail.
 */
export async function answerQuestion(
  world: World,
  place: Place,
  { question, round, satisfied }: Readonly<{ question: CaseQuestion; round: number; satisfied: boolean }>,
): Promise<Answered> {
  return appendDecided<Answered>(world, async (tx) => {
    const was = await lockCase(tx, { customer: place.customer, id: place.case })
    if (was === undefined || was.failedRounds !== round) return { events: [], answer: { kind: 'moved-on' } }
    const command = { kind: question, satisfied } as const
    const keeping = await readKeeping(world, tx, was)
    const stepped = await stepCase(world, tx, was, [{ actor: { kind: 'customer' }, command }], keeping)
    return stepped.kind === 'refused'
      ? { events: [], answer: { kind: 'moved-on' } }
      : { events: stepped.events, answer: { kind: 'answered', state: stepped.state } }
  })
}

/** What became of words that the customer added. */
export type Added = Readonly<{ kind: 'added' | 'closed' }>

/**
 * Keeps what the customer wrote with her case and tells the log that she was in contact about it. `id` is the name of
 * the form that was filled in: sending it again adds nothing. It changes nothing that was agreed; a case that waits for
 * information goes on.
 */
export async function addWords(world: World, place: Place, { id, text }: Readonly<{ id: string; text: string }>) {
  return appendDecided<Added>(world, async (tx) => {
    const was = await lockCase(tx, { customer: place.customer, id: place.case })
    if (was === undefined || !mayAdd(was)) return { events: [], answer: { kind: 'closed' } }
    const isKnown = (await readNotes(tx, was.customer, was.case)).some((note) => note.id === id)
    if (isKnown) return { events: [], answer: { kind: 'added' } }
    const at = world.now()
    await addNote(tx, was, { id, at, author: CUSTOMER, body: text })
    await touchCase(tx, was, at)
    const keeping = await readKeeping(world, tx, was)
    const isAwaited = was.waitingFor === 'information' && was.round.closedAt === null
    const actor = { kind: 'automation', id: 'public-page' } as const
    const resumed = isAwaited
      ? await stepCase(world, tx, was, [{ actor, command: { kind: 'resume' } }], keeping)
      : undefined
    // The words stay in the case: the log learns that there was a contact, and about what.
    const contact = ownEvent({
      id: `contact:${id}`,
      customer: was.customer,
      type: 'contact.opened',
      at,
      data: { contact: id, issue: was.failure, channel: 'web', direction: 'in' },
    })
    return { events: [contact, ...(resumed?.kind === 'stepped' ? resumed.events : [])], answer: { kind: 'added' } }
  })
}
