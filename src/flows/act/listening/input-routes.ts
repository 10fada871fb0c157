import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { ideaAnswerWish, ideaWish, memberWish, roundWish } from '../../../contract/input.ts'
import { UUID } from '../../../core/ids.ts'
import { quotaProblem } from '../../../core/listening/input-round.ts'
import { actorText } from '../../../core/people/actor.ts'
import type { AuditAction, AuditSubject } from '../../../core/people/audit.ts'
import { audit } from '../../../store/audit.ts'
import { addRound, closeRound, findRound, reopenRound } from '../../../store/input-rounds.ts'
import { enqueue } from '../../../store/jobs.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { keyOf, unknownCustomer } from '../../parameters.ts'
import { personOf } from '../../person-of.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'
import { answerIdea } from './answer-idea.ts'
import { stepInRound, tellIdea } from './step-in-round.ts'

const readRound = bodyReader(roundWish)
const readMember = bodyReader(memberWish)
const readIdea = bodyReader(ideaWish)
const readAnswer = bodyReader(ideaAnswerWish)

/** Opening and closing rounds of advice, and saying what came of ideas. */
export function inputWorkRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  const note = (c: Context<Entry>, action: AuditAction, subject: AuditSubject) =>
    audit(world.db, callerOf(c).actor, action, subject)
  routes.post('/input/rounds', async (c) => {
    const { segment = null, ...wish } = await readRound(c)
    const problem = quotaProblem(wish.quota)
    if (problem !== null) {
      const pointer = `/quota${problem.pointer}`
      throw new Refusal('parameter-malformed', `${pointer} must ${problem.must}.`, { pointer })
    }
    if (world.mail === undefined || world.publicUrl === undefined)
      throw new Refusal(
        'mail-unconfigured',
        'Invitations go by mail, with a link: name a mail server and AMENDS_PUBLIC_URL.',
      )
    const { actor } = callerOf(c)
    const id = randomUUID()
    await world.db.transaction(async (tx) => {
      await addRound(tx, { ...wish, id, segment, openedBy: actorText(actor), openedAt: world.now() })
      await enqueue(tx, 'input.invite', { round: id })
      await audit(tx, actor, 'round.opened', { kind: 'round', id })
    })
    return c.json({ id }, 201)
  })
  routes.post('/input/rounds/:id/close', async (c) => {
    const id = await roundOf(world, c)
    if (await closeRound(world.db, id, world.now())) await note(c, 'round.closed', { kind: 'round', id })
    return c.body(null, 204)
  })
  routes.post('/input/rounds/:id/reopen', async (c) => {
    const id = await roundOf(world, c)
    await world.db.transaction(async (tx) => {
      if (!(await reopenRound(tx, id))) return
      await enqueue(tx, 'input.invite', { round: id })
      await audit(tx, callerOf(c).actor, 'round.reopened', { kind: 'round', id })
    })
    return c.body(null, 204)
  })
  routes.put('/input/rounds/:id/members/:key', async (c) => {
    await readMember(c)
    const [round, customer] = [await roundOf(world, c), keyOf(c)]
    const state = await stepInRound(world, { customer, round }, 'give')
    if (state === undefined) throw new Refusal('not-found', 'This customer was not invited to the round.')
    if (state !== 'given')
      throw new Refusal('not-in-this-state', 'Only somebody who agreed to take part can have done so.')
    return c.body(null, 204)
  })
  routes.post('/ideas', async (c) => {
    const { customer, text } = await readIdea(c)
    if ((await personOf(world.db, customer)) === undefined) throw unknownCustomer()
    await tellIdea(world, { customer, text, round: null })
    await note(c, 'idea.noted', { kind: 'customer', id: customer })
    return c.body(null, 204)
  })
  routes.put('/customers/:key/ideas/:id', async (c) => {
    const { state, answer = null, tell = false } = await readAnswer(c)
    if (tell && (answer === null || state === 'new'))
      throw new Refusal(
        'parameter-malformed',
        '/answer must say what came of it, and /state how it stands, before the customer is told.',
        { pointer: '/answer' },
      )
    const customer = keyOf(c)
    const done = await answerIdea(world, { customer, id: idOf(c) }, { state, answer, tell })
    if (done === 'unknown') throw new Refusal('not-found', 'This customer has no such idea.')
    if (done === 'no-way')
      throw new Refusal(
        'not-in-this-state',
        'No e-mail reaches this customer, so nothing was told or kept. Keep it without telling.',
      )
    await note(c, 'idea.answered', { kind: 'customer', id: customer })
    return c.json({ told: done === 'told' })
  })
  return routes
}

function idOf(c: Context): string {
  const id = c.req.param('id') ?? ''
  if (!UUID.test(id)) throw new Refusal('not-found', 'There is nothing of this id.')
  return id
}

async function roundOf(world: World, c: Context): Promise<string> {
  const id = idOf(c)
  if ((await findRound(world.db, id)) === undefined) throw new Refusal('not-found', 'There is no such round.')
  return id
}
