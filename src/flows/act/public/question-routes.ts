import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { casePageTexts } from '../../../contract/page-texts/case-page-words.ts'
import type { CaseQuestion } from '../../../core/cases/case-questions.ts'
import { aboutOf, statusPath } from '../../case-mail.ts'
import { readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { answerQuestion } from '../cases/answer-question.ts'
import { questionOfLink } from './case-link.ts'
import { type Frame, type Html, PUBLIC_HEADERS, page, readFrame } from './page.ts'
import { noChoicePage } from './remedy-page.ts'

const FORM_BYTES_MAX = 4_096

/** The two questions of a case, each answered with one tap. A page that is only looked at answers nothing. */
export function questionRoutes(world: World): Hono {
  const routes = new Hono()
  const pathOf = (c: Context) => `/answer/${c.req.param('token')}`
  const movedOn = (c: Context, frame: Frame, status: string) =>
    c.html(
      noChoicePage(frame, casePageTexts[frame.language].answer.before, { path: pathOf(c), status }),
      409,
      PUBLIC_HEADERS,
    )
  routes.get('/answer/:token', async (c) => {
    const { state, round, question } = await questionOfLink(world, c)
    const frame = await readFrame(world, c)
    const { round: now } = state
    const isAnswered = question === 'confirm' ? now.confirmedAt !== null : now.followedUpAt !== null
    if (isAnswered || round !== state.failedRounds) {
      return movedOn(c, frame, await statusPath(world.db, state, world.now()))
    }
    const what = await aboutOf(world.db, state, frame.language)
    return c.html(questionPage(frame, { question, what, path: pathOf(c) }), 200, PUBLIC_HEADERS)
  })
  routes.post('/answer/:token', async (c) => {
    const { state, round, question } = await questionOfLink(world, c)
    const frame = await readFrame(world, c)
    const typed = new URLSearchParams(await readText(c, FORM_BYTES_MAX)).get('answer')
    const what = await aboutOf(world.db, state, frame.language)
    if (typed !== 'yes' && typed !== 'no') {
      return c.html(questionPage(frame, { question, what, path: pathOf(c) }), 422, PUBLIC_HEADERS)
    }
    const place = { customer: state.customer, case: state.case }
    const answered = await answerQuestion(world, place, { question, round, satisfied: typed === 'yes' })
    const status = await statusPath(world.db, state, world.now())
    if (answered.kind === 'moved-on') return movedOn(c, frame, status)
    return c.html(thanksPage(frame, { isYes: typed === 'yes', path: pathOf(c), status }), 200, PUBLIC_HEADERS)
  })
  return routes
}

type Asked = Readonly<{ question: CaseQuestion; what: string; path: string }>

function questionPage(frame: Frame, { question, what, path }: Asked): Html {
  const all = casePageTexts[frame.language]
  const w = all.question[question]
  const body = html`<h1>${w.title}</h1>
<p class="lead">${all.status.lead(what)}</p>
<p class="lead">${w.lead}</p>
<form method="post" action="${path}?lang=${frame.language}">
<button class="tap" name="answer" value="yes">${w.yes}</button>
<button class="tap" name="answer" value="no">${w.no}</button>
</form>`
  return page(frame, { title: w.title, body, footer: all.otherwise, other: { kind: 'link', path } })
}

function thanksPage(
  frame: Frame,
  { isYes, path, status }: Readonly<{ isYes: boolean; path: string; status: string }>,
): Html {
  const all = casePageTexts[frame.language]
  const w = all.answer
  const title = isYes ? w.yes : w.no
  const body = html`<h1>${title}</h1>
<p class="lead">${isYes ? w.yesText : w.noText}</p>
${isYes ? '' : html`<a class="button" href="${status}?lang=${frame.language}">${w.tell}</a>`}`
  return page(frame, { title, body, footer: all.otherwise, other: { kind: 'link', path } })
}
