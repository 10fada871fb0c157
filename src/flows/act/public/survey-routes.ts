import { type Context, Hono } from 'hono'
import { ownEvent } from '../../../contract/ingest.ts'
import { type SurveyKind, surveyItems, surveyKinds, surveyScore } from '../../../core/listening/survey.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { Tx } from '../../../store/db.ts'
import { findStored, storedKey } from '../../../store/log.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { preferencePath } from '../../preference-link.ts'
import { Refusal, readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { claimToWrite } from './link-claim.ts'
import { PUBLIC_HEADERS, readFrame } from './page.ts'
import { itemName, questionPage, TEXT_LENGTH_MAX, TEXT_NAME, thanksPage } from './survey-page.ts'

const FORM_BYTES_MAX = 16_384

/** What a link to a question says. */
type Question = Readonly<{ customer: string; survey: string; kind: SurveyKind; failure: string; contact: string }>

/**
 * Answering a survey: the question, what is done with the answer, and words beside it. A question is answered once. What
 * follows links by itself, such as a scanner of mails, answers nothing: only what is sent from the page counts.
 */
export function surveyPages(world: World): Hono {
  const routes = new Hono()
  routes.get('/survey/:token', async (c) => {
    const question = await readQuestion(world, c)
    const { kind } = question
    const { score: given, isCommented } = await knownOf(world.db, question, world.now())
    if (given !== undefined) return thanks(world, c, question, { score: given, isCommented })
    const score = wholeOf(c.req.query('score') ?? null)
    const chosen = surveyItems[kind] === 1 && surveyScore(kind, [score]) !== null ? score : null
    return ask(world, c, question, { missing: false, chosen })
  })
  routes.post('/survey/:token', async (c) => {
    const question = await readQuestion(world, c)
    const form = new URLSearchParams(await readText(c, FORM_BYTES_MAX))
    const text = form.get(TEXT_NAME)
    if (text !== null) return addWords(world, c, question, text.trim())
    const { kind } = question
    const answers = Array.from({ length: surveyItems[kind] }, (_, place) => wholeOf(form.get(itemName(place))))
    const score = surveyScore(kind, answers)
    if (score === null) return ask(world, c, question, { missing: true, chosen: null })
    return thanks(world, c, question, await answer(world, question, score))
  })
  return routes
}

const pathOf = (c: Context) => `/survey/${c.req.param('token')}`

const preferencesOf = (world: World, { customer }: Question) =>
  preferencePath(world.db, { customer, purpose: 'survey', now: world.now() })

async function ask(
  world: World,
  c: Context,
  question: Question,
  how: Readonly<{ missing: boolean; chosen: number | null }>,
): Promise<Response> {
  const frame = await readFrame(world, c)
  const preferences = await preferencesOf(world, question)
  const shown = questionPage(frame, { kind: question.kind, path: pathOf(c), preferences, ...how })
  return c.html(shown, how.missing ? 422 : 200, PUBLIC_HEADERS)
}

/** What is known of an answer: the score that counts, and whether words came with it. */
type Known<Score> = Readonly<{ score: Score; isCommented: boolean }>

async function thanks(
  world: World,
  c: Context,
  question: Question,
  { score, isCommented }: Known<number>,
  isMissing = false,
): Promise<Response> {
  const frame = await readFrame(world, c)
  const preferences = await preferencesOf(world, question)
  const words = isCommented ? 'added' : isMissing ? 'missing' : 'open'
  const shown = thanksPage(frame, { kind: question.kind, score, path: pathOf(c), preferences, words })
  return c.html(shown, isMissing ? 422 : 200, PUBLIC_HEADERS)
}

/** Adds words to an answer, once; without an answer there is nothing that they stand beside. */
async function addWords(world: World, c: Context, question: Question, text: string): Promise<Response> {
  const known = await appendDecided(world, async (tx): Promise<Decided<Known<number | undefined>>> => {
    const before = await knownOf(tx, question, world.now())
    const isBad = text === '' || text.length > TEXT_LENGTH_MAX
    if (before.score === undefined || before.isCommented || isBad) return { events: [], answer: before }
    return { events: [commentOf(question, text, world.now())], answer: { ...before, isCommented: true } }
  })
  const { score } = known
  if (score === undefined) return ask(world, c, question, { missing: true, chosen: null })
  return thanks(world, c, question, { ...known, score }, !known.isCommented)
}

const wholeOf = (text: string | null): number => (text !== null && /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN)

async function readQuestion(world: World, c: Context): Promise<Question> {
  const { customer, subject } = await claimToWrite(world, c, 'survey')
  const parts: unknown = JSON.parse(subject)
  const [survey, named, failure, contact]: readonly unknown[] = Array.isArray(parts) ? parts : []
  const kind = surveyKinds.find((one) => one === named)
  if (kind === undefined) throw new Refusal('link-over', 'The link is of a question that is asked no more.')
  return { customer, survey: `${survey}`, kind, failure: `${failure}`, contact: `${contact}` }
}

const aboutOf = ({ failure, contact }: Question) => ({
  ...(failure === '' ? {} : { failure }),
  ...(contact === '' ? {} : { contact }),
})

const eventOf = (question: Question, score: number, at: Instant) => {
  const { customer, survey, kind } = question
  const data = { survey, kind, score, ...aboutOf(question) }
  return ownEvent({ id: `${survey} answered`, customer, type: 'survey.answered', at, data })
}

const commentOf = (question: Question, text: string, at: Instant) => {
  const { customer, survey } = question
  const data = { survey, text, ...aboutOf(question) }
  return ownEvent({ id: `${survey} commented`, customer, type: 'survey.commented', at, data })
}

/** What was answered before; no score while nothing was. */
async function knownOf(tx: Tx, question: Question, now: Instant): Promise<Known<number | undefined>> {
  const { event: answered } = eventOf(question, 1, now)
  const { event: commented } = commentOf(question, '-', now)
  const stored = await findStored(tx, [answered, commented])
  const of = ({ customer, source, id }: typeof answered) => stored.get(storedKey(customer, source, id))
  const score = of(answered)?.data.score
  return { score: typeof score === 'number' ? score : undefined, isCommented: of(commented) !== undefined }
}

/** Writes the answer down, and answers what counts: the first. */
async function answer(world: World, question: Question, score: number): Promise<Known<number>> {
  return appendDecided(world, async (tx): Promise<Decided<Known<number>>> => {
    const { score: before, isCommented } = await knownOf(tx, question, world.now())
    return before === undefined
      ? { events: [eventOf(question, score, world.now())], answer: { score, isCommented } }
      : { events: [], answer: { score: before, isCommented } }
  })
}
