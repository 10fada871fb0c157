import { dataTexts } from '../../../contract/page-texts/data-page-texts.ts'
import { dayInWords } from '../../../contract/page-texts/page-words.ts'
import { assert } from '../../../core/assert.ts'
import type { Actor } from '../../../core/people/actor.ts'
import { type DataRequestDecision, decideDataRequest, dueAt } from '../../../core/privacy/data-request.ts'
import { audit } from '../../../store/audit.ts'
import {
  findDataRequest,
  lockDataRequest,
  type StoredDataRequest,
  saveDataRequest,
} from '../../../store/data-requests.ts'
import type { Tx } from '../../../store/db.ts'
import { enqueue } from '../../../store/jobs.ts'
import { readSettings } from '../../../store/settings.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { forgetIn } from '../../forget-customer.ts'
import { queueMessage } from '../../queue-message.ts'
import type { World } from '../../world.ts'
import { requestLanguage } from './ask-about-data.ts'

/** What somebody of the firm decides: `why` is told to the customer. */
export type DataAnswer = Readonly<{ step: 'answer' } | { step: 'refuse' | 'extend'; why: string }>

/** What came of it. */
export type DataAnswered =
  | Readonly<{ kind: 'taken'; stored: StoredDataRequest }>
  | Readonly<{ kind: 'unknown' }>
  | Extract<DataRequestDecision, { kind: 'refused' }>

/**
 * Decides on a request and tells the customer. A copy is made by a job after it. What is erased, the answer and the
 * audit log are one transaction: nobody is told of an erasure that did not happen.
 */
export async function answerDataRequest(
  world: World,
  id: string,
  answer: DataAnswer,
  who: Actor,
): Promise<DataAnswered> {
  return appendDecided(world, async (tx): Promise<Decided<DataAnswered>> => {
    const found = await findDataRequest(tx, id)
    const was = found && (await lockDataRequest(tx, found.customer, id))
    if (was === undefined || was.request.confirmedAt === null) return { events: [], answer: { kind: 'unknown' } }
    const { timeZone: zone } = await readSettings(tx)
    const decision = decideDataRequest(was.request, answer.step, { at: world.now(), zone })
    if (decision.kind === 'refused') return { events: [], answer: decision }
    const stored = { ...was, request: decision.request, dueAt: dueAt(decision.request, zone) }
    await saveDataRequest(tx, stored)
    const { customer, email } = was
    await audit(tx, who, auditedAs[answer.step], { kind: 'customer', id: customer }, { request: id })
    const does = answer.step === 'answer' ? was.request.kind : answer.step
    const events = does === 'erasure' ? (await forgetIn(world, tx, customer, who)).events : []
    // After the erasure, which would have held the answer back with everything else that waits to be sent.
    if (does === 'access') await enqueue(tx, 'data.pack', { customer, id })
    else if (email !== null) await tell(world, tx, { ...stored, email }, answer, zone)
    return { events, answer: { kind: 'taken', stored: does === 'erasure' ? withoutPerson(stored) : stored } }
  })
}

const withoutPerson = (stored: StoredDataRequest): StoredDataRequest => ({ ...stored, email: null, words: null })

const auditedAs = { answer: 'request.answered', refuse: 'request.refused', extend: 'request.extended' } as const

async function tell(
  world: World,
  tx: Tx,
  stored: StoredDataRequest & Readonly<{ email: string }>,
  answer: DataAnswer,
  timeZone: string,
): Promise<void> {
  const language = requestLanguage(stored)
  const { kinds, answers } = dataTexts[language]
  const { customer, id, email, request } = stored
  const said = {
    answer: () => (request.kind === 'erasure' ? answers.erasure : answers.correction),
    refuse: (why: string) => answers.refused(why),
    extend: (why: string) => answers.extended(dayInWords(language, stored.dueAt - 1, timeZone), why),
  }[answer.step](answer.step === 'answer' ? '' : answer.why)
  const queued = await queueMessage(world, tx, {
    customer,
    to: email,
    kind: 'data.answered',
    language,
    timeZone,
    values: { reference: id.slice(0, 8), what: kinds[request.kind].said, answer: said },
    cause: `data request ${id} ${answer.step}`,
  })
  assert(queued.kind !== 'refused', 'an answer can be written from what was checked')
}
