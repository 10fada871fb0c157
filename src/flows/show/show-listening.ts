import type { Listening, SurveyFigures } from '../../contract/listening.ts'
import { teamId } from '../../core/ids.ts'
import { complaintTrend } from '../../core/listening/complaints.ts'
import { type SurveyKind, surveyKinds } from '../../core/listening/survey.ts'
import {
  distributionOf,
  figureOf,
  isShown,
  responseOf,
  SCORE_DAYS,
  type ScoreCount,
} from '../../core/listening/survey-figures.ts'
import { teamsInFigures } from '../../core/people/team.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import { firstOfMonth, monthsAfter } from '../../core/time/local-date.ts'
import { dateAt, startOfDate, type Zone, zoneOf } from '../../core/time/zone.ts'
import { differenceOfShares, type ShareDifference } from '../../stats/compare/difference-of-shares.ts'
import type { MeanInterval } from '../../stats/compare/mean-interval.ts'
import type { Share } from '../../stats/compare/share.ts'
import type { Tx } from '../../store/db.ts'
import { readSettings } from '../../store/settings.ts'
import { listTeams } from '../../store/staff.ts'
import { readAfterAsking } from '../../store/survey-occasions.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import {
  type AnswersOfPart,
  type AnswersOfPiece,
  type AskedOfPiece,
  readAnswers,
  readAnswersBySegment,
  readAnswersByTeam,
  readAsked,
  readComplaintWeeks,
  readSilence,
} from '../../store/views/listening-view.ts'
import { readContactPolicy } from '../surroundings.ts'

const WEEKS = 26
const MONTHS = 12
const WEEK_MS = 7 * DAY_MS
/** A complaint may come so many days after what went wrong: the newest weeks are not told before that. */
const COMPLAINT_DAYS = 14
/** How long somebody is followed from the first occasion to ask. */
const FOLLOWED_DAYS = 90

/** What customers say, and what their silence does not: by week (26) or by calendar month (12). */
export async function showListening(db: Tx, now: Instant, step: 'week' | 'month'): Promise<Listening> {
  const [asOf, { timeZone }] = await Promise.all([readAsOf(db, now), readSettings(db)])
  const starts = step === 'week' ? weekStarts(asOf) : monthStarts(asOf, zoneOf(timeZone))
  const recent = { from: instant(asOf - SCORE_DAYS * DAY_MS), asOf }
  const pieces = { from: instant(Math.min(starts[0] ?? asOf, recent.from)), asOf, step, timeZone }
  const until = instant(asOf - COMPLAINT_DAYS * DAY_MS)
  const [answers, asked, segments, teams, silence, weeks, after, { policy }] = await Promise.all([
    readAnswers(db, pieces, recent.from),
    readAsked(db, pieces, recent.from),
    readAnswersBySegment(db, recent),
    readTeams(db, recent),
    readSilence(db, recent),
    readComplaintWeeks(db, { until, weekCount: WEEKS }),
    readAfterAsking(db, { asOf, days: FOLLOWED_DAYS }),
    readContactPolicy(db),
  ])
  const trend = complaintTrend(weeks)
  const told = surveyKinds.filter((kind) => [...answers, ...asked].some((one) => one.kind === kind))
  return {
    asOf: rfc3339(asOf),
    step,
    scoreDays: SCORE_DAYS,
    periodStarts: starts.map(rfc3339),
    kinds: told.map((kind) => kindFigures(kind, starts.length, { answers, asked, segments, teams })),
    silence,
    complaints: {
      until: rfc3339(until),
      weeks: [...weeks],
      now: shareView(trend.now),
      before: shareView(trend.before),
      trend: trend.kind,
    },
    neverAsked: {
      days: FOLLOWED_DAYS,
      share: policy.neverAskedShare,
      asked: after.asked,
      neverAsked: after['never-asked'],
      left: differenceView(differenceOf(after, 'left')),
      bought: differenceView(differenceOf(after, 'bought')),
    },
  }
}

const weekStarts = (asOf: Instant): readonly Instant[] =>
  Array.from({ length: WEEKS }, (_, place) => instant(asOf - (WEEKS - place) * WEEK_MS))

function monthStarts(asOf: Instant, zone: Zone | null): readonly Instant[] {
  if (zone === null) return []
  const first = firstOfMonth(dateAt(zone, asOf))
  return Array.from({ length: MONTHS }, (_, place) => startOfDate(zone, monthsAfter(first, place + 1 - MONTHS)))
}

type Told = Readonly<{
  answers: readonly AnswersOfPiece[]
  asked: readonly AskedOfPiece[]
  segments: readonly AnswersOfPart[]
  teams: readonly AnswersOfPart[]
}>

function kindFigures(kind: SurveyKind, pieces: number, told: Told): SurveyFigures {
  const answers = told.answers.filter((one) => one.kind === kind)
  const asked = told.asked.filter((one) => one.kind === kind)
  const recent = answers.filter((one) => one.recent)
  const now = pieceOf(
    kind,
    recent,
    asked.filter((one) => one.recent),
  )
  return {
    kind,
    ...now,
    distribution: [...distributionOf(kind, recent)],
    periods: Array.from({ length: pieces }, (_, place) => {
      const isHere = ({ back }: Readonly<{ back: number }>) => back === pieces - 1 - place
      return pieceOf(kind, answers.filter(isHere), asked.filter(isHere))
    }),
    segments: partsOf(kind, told.segments),
    teams: partsOf(kind, told.teams),
  }
}

function pieceOf(kind: SurveyKind, answers: readonly ScoreCount[], asked: readonly AskedOfPiece[]) {
  const sums = asked.reduce((sum, one) => ({ asked: sum.asked + one.asked, answered: sum.answered + one.answered }), {
    asked: 0,
    answered: 0,
  })
  return {
    ...sums,
    response: shareView(responseOf(sums)),
    ratings: countOf(answers),
    figure: figureView(figureOf(kind, answers)),
  }
}

const countOf = (answers: readonly ScoreCount[]): number => answers.reduce((sum, { count }) => sum + count, 0)

// By name: a ranking of teams, or of segments, would say more than the figures know (trap T26).
function partsOf(kind: SurveyKind, parts: readonly AnswersOfPart[]): SurveyFigures['segments'] {
  const byPart = Map.groupBy(
    parts.filter((one) => one.kind === kind),
    ({ part }) => part,
  )
  return [...byPart]
    .flatMap(([name, answers]) => {
      const ratings = countOf(answers)
      const customers = Math.max(...answers.map((one) => one.customers))
      return isShown({ ratings, customers }) ? [{ name, ratings, figure: figureView(figureOf(kind, answers)) }] : []
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Answers by team under the names of the firm's own teams; those of fewer than five people are not told. */
async function readTeams(
  db: Tx,
  recent: Readonly<{ from: Instant; asOf: Instant }>,
): Promise<readonly AnswersOfPart[]> {
  const teams = await listTeams(db)
  const shown = new Set<string>(teamsInFigures(teams.map(({ id, people }) => ({ team: teamId(id), people }))))
  // Whose work an answer is about is long to find, and of no use where no team may be shown.
  if (shown.size === 0) return []
  const answers = await readAnswersByTeam(db, recent)
  return answers.flatMap((one) => {
    const team = teams.find(({ id, name }) => id === one.part || name === one.part)
    return team !== undefined && shown.has(team.id) ? [{ ...one, part: team.name }] : []
  })
}

type After = Awaited<ReturnType<typeof readAfterAsking>>

const differenceOf = (after: After, what: 'left' | 'bought'): ShareDifference =>
  differenceOfShares(
    { count: after.asked[what], of: after.asked.customers },
    { count: after['never-asked'][what], of: after['never-asked'].customers },
  )

type Estimated = Readonly<{ value: number; low: number; high: number }>

const shareView = (share: Share): Estimated | null =>
  share.kind === 'counted' ? { value: share.value, low: share.low, high: share.high } : null

const figureView = (of: MeanInterval): Estimated | null =>
  of.kind === 'counted' ? { value: of.mean, low: of.low, high: of.high } : null

const differenceView = (of: ShareDifference): Estimated | null =>
  of.kind === 'compared' ? { value: of.value, low: of.low, high: of.high } : null
