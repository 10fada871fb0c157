import type { TeamList } from '../../../contract/teams.ts'
import { teamId } from '../../../core/ids.ts'
import { type CaseWork, teamWork } from '../../../core/people/team-work.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../../core/time/instant.ts'
import { elapsed } from '../../../core/time/working-time.ts'
import { saveForecast } from '../../../store/forecasts.ts'
import { listTeams } from '../../../store/staff.ts'
import {
  type Hand,
  readHands,
  readWaits,
  readWorkedCases,
  type WorkedCase,
} from '../../../store/views/team-work-view.ts'
import { type CaseStandards, readCaseStandards } from '../../case-standards.ts'
import type { World } from '../../world.ts'

/** Cases of so many days, */
const DAYS = 90
/** the newest so old that what re-opens within two weeks of closing is mostly known (trap T29). */
const YOUNGEST_DAYS = 14

/** Works out the figures of teams and keeps them for whoever asks. */
export async function workOutTeams({ db, now }: World): Promise<void> {
  const at = now()
  const to = instant(at - YOUNGEST_DAYS * DAY_MS)
  const from = instant(to - DAYS * DAY_MS)
  const [cases, hands, waits, standards, teams] = await Promise.all([
    readWorkedCases(db, { from, to }),
    readHands(db, { from, to }),
    readWaits(db, { from, to }),
    readCaseStandards(db),
    listTeams(db),
  ])
  const handsOf = Map.groupBy(hands, (one) => one.case)
  const waited = Map.groupBy(waits, (one) => one.case)
  const minutes = (start: Date, end: Date | null) => workingMinutes(standards, start, end ?? new Date(at))
  const work = cases.map((one) => ({
    ...workOf(one, handsOf.get(one.id) ?? [], { standards, at }),
    waitedMinutes: (waited.get(one.id) ?? []).reduce(
      (sum, { askedAt, answeredAt }) => sum + (minutes(askedAt, answeredAt) ?? 0),
      0,
    ),
  }))
  const told = teamWork(
    work,
    teams.map(({ id, people }) => ({ team: teamId(id), people })),
  )
  const body: TeamList = {
    madeAt: rfc3339(at),
    from: rfc3339(from),
    to: rfc3339(to),
    firm: told.firm,
    teams: teams.flatMap(({ id, name, people }) => {
      const found = told.teams.find(({ team }) => team === id)
      return found === undefined ? [] : [{ id, name, people, cases: found.cases, figures: found.figures }]
    }),
    untold: told.untold,
  }
  await saveForecast(db, 'teams', { asOf: to, madeAt: at, body })
}

function workingMinutes({ policy }: CaseStandards, start: Date, end: Date): number | null {
  const found = elapsed(policy.calendar, instant(start.getTime()), instant(Math.max(start.getTime(), end.getTime())))
  return found.kind === 'elapsed' ? found.minutes : null
}

function workOf(
  one: WorkedCase,
  hands: readonly Hand[],
  { standards, at }: Readonly<{ standards: CaseStandards; at: Instant }>,
): Omit<CaseWork, 'waitedMinutes'> {
  const { severity, category } = one
  const answered = hands.find(({ kind }) => answers.has(kind))
  const acknowledged = answered === undefined ? null : workingMinutes(standards, one.openedAt, answered.at)
  const people = new Set(hands.flatMap(({ kind, person }) => (holds.has(kind) && person !== null ? [person] : [])))
  const wasHandedOver = hands.some(({ kind }) => kind === 'handed over')
  const remedy = one.fixBy === null ? [] : [{ due: one.fixBy, keptAt: one.fixedAt }]
  const due = [...(one.promises ?? []), ...remedy].filter((promise) => promise.due <= at)
  const team = hands.find((hand) => hand.team !== null)?.team
  return {
    team: team == null ? null : teamId(team),
    severity,
    category,
    solvedAtFirst: one.closedAt !== null && one.failedRounds === 0 && people.size <= 1 && !wasHandedOver,
    acknowledgedMinutes: acknowledged,
    acknowledgedInTime: acknowledged !== null && acknowledged <= standards.policy.minutes[severity].acknowledge,
    promisesDue: due.length,
    promisesKept: due.filter(({ due: by, keptAt }) => keptAt !== null && keptAt <= by).length,
  }
}

/** Entries that answer a customer, and those that give somebody a case. */
const answers: ReadonlySet<Hand['kind']> = new Set(['acknowledged', 'owned', 'apologised', 'fixed', 'compensated'])
const holds: ReadonlySet<Hand['kind']> = new Set(['owned', 'assigned'])
