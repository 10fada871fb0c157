import { type Context, Hono } from 'hono'
import { ownEvent } from '../../../contract/ingest.ts'
import type { Instant } from '../../../core/instant.ts'
import { type SurveyKind, surveyItems, surveyKinds, surveyScore } from '../../../core/survey.ts'
import type { Tx } from '../../../store/db.ts'
import { findStored, storedKey } from '../../../store/log.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { Refusal, readText } from '../../respond.ts'
import { readLink, readLinkKey } from '../../signed-link.ts'
import type { World } from '../../world.ts'
import { PUBLIC_HEADERS, readFrame } from './page.ts'
import { itemName, questionPage, thanksPage } from './survey-page.ts'

const FORM_BYTES_MAX = 4_096

/** What a link to a question says. */
type Question = Readonly<{ customer: string; survey: string; kind: SurveyKind; failure: string; contact: string }>

/** Answering a survey: the question, and what is done with the answer. A question is answered once. */
export function surveyPages(world: World): Hono {
  const routes = new Hono()
  const pathOf = (c: Context) => `/survey/${c.req.param('token')}`
  routes.get('/survey/:token', async (c) => {
    const question = await readQuestion(world, c)
    const frame = await readFrame(world, c)
    const { kind } = question
    const score = await answerOf(world.db, question, world.now())
    const shown =
      score === undefined
        ? questionPage(frame, { kind, path: pathOf(c), missing: false })
        : thanksPage(frame, { kind, score, path: pathOf(c) })
    return c.html(shown, 200, PUBLIC_HEADERS)
  })
  routes.post('/survey/:token', async (c) => {
    const question = await readQuestion(world, c)
    const frame = await readFrame(world, c)
    const form = new URLSearchParams(await readText(c, FORM_BYTES_MAX))
    const { kind } = question
    const answers = Array.from({ length: surveyItems[kind] }, (_, place) => wholeOf(form.get(itemName(place))))
    const score = surveyScore(kind, answers)
    if (score === null)
      return c.html(questionPage(frame, { kind, path: pathOf(c), missing: true }), 422, PUBLIC_HEADERS)
    const counted = await answer(world, question, score)
    return c.html(thanksPage(frame, { kind, score: counted, path: pathOf(c) }), 200, PUBLIC_HEADERS)
  })
  return routes
}

const wholeOf = (text: string | null): number => (text !== null && /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN)

async function readQuestion(world: World, c: Context): Promise<Question> {
  const link = readLink(await readLinkKey(world.db), 'survey', c.req.param('token') ?? '', world.now())
  if (link.kind !== 'valid') throw new Refusal('link-over', 'The link is over, or was changed.')
  const parts: unknown = JSON.parse(link.claim.subject)
  const [survey, named, failure, contact]: readonly unknown[] = Array.isArray(parts) ? parts : []
  const kind = surveyKinds.find((one) => one === named)
  if (kind === undefined) throw new Refusal('link-over', 'The link is of a question that is asked no more.')
  return { customer: link.claim.customer, survey: `${survey}`, kind, failure: `${failure}`, contact: `${contact}` }
}

const eventOf = ({ customer, survey, kind, failure, contact }: Question, score: number, at: Instant) =>
  ownEvent({
    id: `${survey} answered`,
    customer,
    type: 'survey.answered',
    at,
    data: { survey, kind, score, ...(failure === '' ? {} : { failure }), ...(contact === '' ? {} : { contact }) },
  })

/** The score that was given before; undefined while there is none. */
async function answerOf(tx: Tx, question: Question, now: Instant): Promise<number | undefined> {
  const { event } = eventOf(question, 1, now)
  const stored = (await findStored(tx, [event])).get(storedKey(event.customer, event.source, event.id))
  const score = stored?.data.score
  return typeof score === 'number' ? score : undefined
}

/** Writes the answer down, and answers the score that counts: the first. */
async function answer(world: World, question: Question, score: number): Promise<number> {
  return appendDecided(world, async (tx): Promise<Decided<number>> => {
    const before = await answerOf(tx, question, world.now())
    return before === undefined
      ? { events: [eventOf(question, score, world.now())], answer: score }
      : { events: [], answer: before }
  })
}
