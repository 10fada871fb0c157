import type { GestureOverview } from '../../contract/gestures.ts'
import { DAY_MS, instant, rfc3339 } from '../../core/time/instant.ts'
import { differenceOfShares } from '../../stats/compare/difference-of-shares.ts'
import { readSpentOnGestures } from '../../store/gestures.ts'
import { readSettings } from '../../store/settings.ts'
import { listTeams } from '../../store/staff.ts'
import { countGestures, readAfterGestures } from '../../store/views/gestures-view.ts'
import { budgetMonth, readGestureRules } from '../gesture-rules.ts'
import type { World } from '../world.ts'

/** What came of moments is told for so long. */
const CAME_DAYS = 30
/** How long somebody is followed from the first gesture, or from being held out: half a year (science, S1.3). */
const FOLLOWED_DAYS = 180

/** What gestures came to, what is left of their budget, and what those did since who were given one and those held out. */
export async function showGestures({ db, now: clock, mail, publicUrl }: World): Promise<GestureOverview> {
  const now = clock()
  const { timeZone, currency } = await readSettings(db)
  const since = budgetMonth(timeZone, now)
  const { rules } = await readGestureRules(db)
  const [came, spent, teams, after] = await Promise.all([
    countGestures(db, instant(now - CAME_DAYS * DAY_MS)),
    readSpentOnGestures(db, { since, currency }),
    listTeams(db),
    readAfterGestures(db, { now, days: FOLLOWED_DAYS }),
  ])
  const names = new Map(teams.map(({ id, name }) => [id, name]))
  const { given, 'held-out': heldOut } = after
  const difference = (what: 'left' | 'bought') => {
    const found = differenceOfShares(
      { count: given[what], of: given.followed },
      { count: heldOut[what], of: heldOut.followed },
    )
    return found.kind === 'compared' ? { value: found.value, low: found.low, high: found.high } : null
  }
  return {
    days: CAME_DAYS,
    came: came.map((one) => ({ ...one })),
    budget: {
      since: rfc3339(since),
      currency,
      monthMinor: rules.firmMonthMinor,
      spentMinor: spent.reduce((sum, one) => sum + one.costMinor, 0),
      mostMinor: rules.mostMinor,
      teams: Object.entries(rules.teamMonthMinor).map(([id, monthMinor]) => ({
        ...{ id, name: names.get(id) ?? null, monthMinor },
        spentMinor: spent.find(({ team }) => team === id)?.costMinor ?? 0,
      })),
    },
    holdOut: {
      days: FOLLOWED_DAYS,
      share: rules.holdOutShare,
      ...{ given, heldOut },
      left: difference('left'),
      bought: difference('bought'),
    },
    canMail: mail !== undefined && publicUrl !== undefined,
  }
}
