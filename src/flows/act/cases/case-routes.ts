import { type Context, Hono } from 'hono'
import { approvalAnswer, type CaseCommandWish, caseCommandWish, caseWish } from '../../../contract/case-wishes.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { caseSentence, giftSentence, type Locale } from '../../../contract/words.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { localeOf, unknownCustomer } from '../../parameters.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import { revisionAsked } from '../../revision-asked.ts'
import type { World } from '../../world.ts'
import { type ApprovalReason, answerForRemedy } from './give-remedy.ts'
import { openCase } from './open-case.ts'
import { type Worked, workOnCase } from './work-on-case.ts'

const readWish = bodyReader(caseWish)
const readAnswer = bodyReader(approvalAnswer)
const readCommand = bodyReader(caseCommandWish)

/** Opening a case, and working on it. */
export function caseWorkRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/cases', async (c) => {
    const opened = await openCase(world, callerOf(c), await readWish(c))
    if (opened.kind === 'customer-unknown') throw unknownCustomer()
    if (opened.kind === 'failure-unknown') {
      throw new Refusal('parameter-malformed', 'No event has told of this failure of this customer.', {
        pointer: '/failure',
      })
    }
    if (opened.kind === 'reason-missing') {
      throw new Refusal('parameter-malformed', caseWords[localeOf(c)].severityReason(opened.proposed), {
        pointer: '/reason',
      })
    }
    if (opened.kind === 'in-the-future') {
      throw new Refusal('parameter-malformed', 'It cannot have happened later than now.', { pointer: '/failedAt' })
    }
    return c.json({ id: opened.id }, opened.kind === 'opened' ? 201 : 200)
  })
  routes.post('/cases/:id/commands', async (c) => {
    const wish = await readCommand(c)
    const caller = callerOf(c)
    refuseHandingOn(c, wish)
    const worked = await workOnCase(world, c.req.param('id'), {
      caller,
      wish,
      revision: revisionAsked(c, 'of the case'),
    })
    if (worked.kind === 'four eyes') {
      const { approval, passed, roles } = worked
      return c.json({ approval, passed, roles }, 202)
    }
    const state = stateOf(c, worked)
    return c.json({ id: state.case, revision: state.revision }, 200, { etag: `"${state.revision}"` })
  })
  routes.post('/cases/:id/approvals/:approval', async (c) => {
    const { agrees, reason = '' } = await readAnswer(c)
    const caller = callerOf(c)
    if (caller.colleague === undefined) throw new Refusal('permission-missing', 'Only a person may agree to this.')
    const asked = { id: c.req.param('id'), approval: c.req.param('approval'), agrees, words: reason.trim() || null }
    const answered = await answerForRemedy(
      world,
      { caller, colleague: caller.colleague },
      { ...asked, revision: revisionAsked(c, 'of the case') },
    )
    if (answered.kind === 'case-unknown') throw unknownCase()
    if (answered.kind === 'approval-unknown') {
      throw new Refusal('not-found', 'Nothing of this name waits for an answer. Look at the case again.')
    }
    if (answered.kind === 'approval-refused') {
      const { because } = answered
      const code = because === 'changed-meanwhile' ? 'changed-meanwhile' : 'case-refused'
      throw new Refusal(code, approvalSentence(localeOf(c), because), { because })
    }
    const { state } = answered
    return c.json({ id: state.case, revision: state.revision }, 200, { etag: `"${state.revision}"` })
  })
  return routes
}

const unknownCase = () => new Refusal('case-unknown', 'There is no such case, or it belongs to another team.')

const approvalSentence = (locale: Locale, because: ApprovalReason): string =>
  because === 'same-person' ||
  because === 'role-may-not' ||
  because === 'not-needed' ||
  because === 'answered-already' ||
  because === 'asked-no-more' ||
  because === 'why-missing'
    ? giftSentence(locale, because)
    : caseSentence(locale, { kind: 'refused', because })

// Whoever works on cases takes them and gives them back; handing them to others is another permission.
function refuseHandingOn(c: Context<Entry>, wish: CaseCommandWish): void {
  const { permissions, colleague } = callerOf(c)
  const isOwn = wish.kind === 'assign' && (wish.to === null || wish.to === colleague?.id)
  const isHandedOn = wish.kind === 'hand over' || wish.kind === 'group' || (wish.kind === 'assign' && !isOwn)
  if (isHandedOn && !permissions.has('cases.assign')) {
    throw new Refusal('permission-missing', 'This needs the permission "cases.assign".')
  }
}

function stateOf(c: Context, worked: Exclude<Worked, { kind: 'four eyes' }>): RecoveryCase {
  if (worked.kind === 'done') return worked.state
  if (worked.kind === 'case-unknown') {
    throw unknownCase()
  }
  if (worked.kind === 'gift-refused') {
    const { because } = worked
    const sentence =
      because === 'amount-not-positive'
        ? caseSentence(localeOf(c), { kind: 'refused', because })
        : giftSentence(localeOf(c), because)
    throw new Refusal('case-refused', sentence, { because })
  }
  const { because, timeZone } = worked
  const code = because === 'changed-meanwhile' ? 'changed-meanwhile' : 'case-refused'
  throw new Refusal(code, caseSentence(localeOf(c), worked, timeZone), { because })
}
