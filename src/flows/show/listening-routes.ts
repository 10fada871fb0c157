import { Hono } from 'hono'
import type { OccasionCounts } from '../../contract/asking-rules.ts'
import type { SurveyAnswer, SurveyAnswerList } from '../../contract/listening.ts'
import { surveyKinds, surveyScales } from '../../core/listening/survey.ts'
import { badShareMax, scoreOf } from '../../core/listening/survey-figures.ts'
import { DAY_MS, instant, rfc3339 } from '../../core/time/instant.ts'
import { countOccasions } from '../../store/survey-occasions.ts'
import { type AnswerRow, listAnswers, placeAfter } from '../../store/views/survey-answers-view.ts'
import { type Caller, callerOf, type Entry } from '../caller.ts'
import { mayRead } from '../case-sight.ts'
import { cursorOf, isDatedPlace, placeOf } from '../cursor.ts'
import { oneOf, text, wholeNumber } from '../parameters.ts'
import type { World } from '../world.ts'
import { inputRoutes } from './input-routes.ts'
import { showListening } from './show-listening.ts'

const PAGE_MAX = 200
const PAGE_AT_FIRST = 50
const CURSOR_LENGTH_MAX = 4_000
/** What came of occasions to ask is told for so long. */
const OCCASION_DAYS = 30
const steps = ['week', 'month'] as const
const which = ['all', 'bad'] as const

/** Reading what customers say. */
export function listeningRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/listening', async (c) =>
    c.json(await showListening(world.db, world.now(), oneOf(c, 'step', steps) ?? 'week')),
  )
  routes.get('/surveys/occasions', async (c) => {
    const since = instant(world.now() - OCCASION_DAYS * DAY_MS)
    const counts: OccasionCounts = { days: OCCASION_DAYS, came: [...(await countOccasions(world.db, since))] }
    return c.json(counts)
  })
  routes.get('/surveys/answers', async (c) => {
    const limit = wholeNumber(c, 'limit', { atFirst: PAGE_AT_FIRST, max: PAGE_MAX })
    const found = await listAnswers(world.db, {
      kind: oneOf(c, 'kind', surveyKinds),
      isBad: oneOf(c, 'which', which) === 'bad',
      before: placeOf(text(c, 'cursor', CURSOR_LENGTH_MAX), isDatedPlace),
      limit: limit + 1,
    })
    const last = found.length > limit ? found[limit - 1] : undefined
    const answer: SurveyAnswerList = {
      answers: found.slice(0, limit).map((row) => answerView(row, callerOf(c))),
      cursor: last === undefined ? null : cursorOf(placeAfter(last)),
    }
    return c.json(answer)
  })
  routes.route('/', inputRoutes(world))
  return routes
}

/** What somebody wrote is told to whoever works with cases: it is of the case, and of no figure (trap T22). */
function answerView(row: AnswerRow, caller: Caller): SurveyAnswer {
  const { customer, name, at, kind, share } = row
  const readsCases = caller.permissions.has('cases.read')
  const isSeen =
    row.case !== null && readsCases && mayRead(caller, { team: row.case.team, assignee: row.case.assignee })
  return {
    customer,
    name,
    at: rfc3339(at),
    kind,
    score: scoreOf(kind, share),
    scale: [...surveyScales[kind]],
    isBad: share <= badShareMax(kind),
    text: readsCases ? row.text : null,
    case: row.case !== null && isSeen ? { id: row.case.id, opened: row.case.openedAt === at } : null,
  }
}
