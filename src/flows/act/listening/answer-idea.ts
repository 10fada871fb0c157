import { ownEvent } from '../../../contract/ingest.ts'
import { assert } from '../../../core/assert.ts'
import type { IdeaState } from '../../../core/listening/input-round.ts'
import { findBounce } from '../../../store/bounces.ts'
import type { Tx } from '../../../store/db.ts'
import { type Idea, lockIdea, settleIdea } from '../../../store/ideas.ts'
import { readSettings } from '../../../store/settings.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { personOf } from '../../person-of.ts'
import { queueMessage } from '../../queue-message.ts'
import { spokenBy } from '../../spoken-by.ts'
import type { World } from '../../world.ts'

/** So much of what she wrote is repeated to her. */
const IDEA_LENGTH_MAX = 2_000

/** What somebody writes down about an idea. `tell`: the customer gets the answer by mail. */
export type IdeaAnswer = Readonly<{ state: IdeaState; answer: string | null; tell: boolean }>

/** What became of it: kept, told as well, or nothing because the customer cannot be reached by mail. */
export type AnsweredIdea = 'kept' | 'told' | 'no-way' | 'unknown'

/**
 * Keeps what came of an idea and, if wished, tells the customer: "you said, we did". State, mail and event are one
 * transaction. It is an answer to what she wrote, so no rule on contacting holds it back.
 */
export async function answerIdea(
  world: World,
  { customer, id }: Readonly<{ customer: string; id: string }>,
  wish: IdeaAnswer,
): Promise<AnsweredIdea> {
  return appendDecided(world, async (tx): Promise<Decided<AnsweredIdea>> => {
    const idea = await lockIdea(tx, customer, id)
    if (idea === undefined) return { events: [], answer: 'unknown' }
    const now = world.now()
    const { state, answer } = wish
    const isTold = wish.tell && answer !== null && (await mailAnswer(world, tx, idea, answer))
    if (wish.tell && !isTold) return { events: [], answer: 'no-way' }
    await settleIdea(tx, { customer, id, state, answer, toldAt: isTold ? new Date(now) : idea.toldAt }, now)
    if (!isTold) return { events: [], answer: 'kept' }
    const data = { idea: id, came: state }
    return {
      events: [ownEvent({ id: `${id} told ${now}`, customer, type: 'input.told', at: now, data })],
      answer: 'told',
    }
  })
}

async function mailAnswer(world: World, tx: Tx, { customer, id, text }: Idea, answer: string): Promise<boolean> {
  const person = await personOf(tx, customer)
  const email = person?.state.person.email ?? null
  if (person === undefined || email === null || person.state.person.erased) return false
  if ((await findBounce(tx, email)) !== undefined) return false
  const { timeZone } = await readSettings(tx)
  const { name } = person.state.person
  const queued = await queueMessage(world, tx, {
    ...{ customer: person.customer, to: email, kind: 'input.told', language: spokenBy(person.state), timeZone },
    values: {
      answer,
      ...(text === null ? {} : { idea: text.slice(0, IDEA_LENGTH_MAX) }),
      ...(name === null ? {} : { name }),
    },
    cause: `idea ${id} ${world.now()}`,
  })
  assert(queued.kind !== 'refused', 'what came of an idea can be written from our own words')
  return true
}
