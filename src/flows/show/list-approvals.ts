import type { ApprovalList } from '../../contract/cases.ts'
import { instant, rfc3339 } from '../../core/time/instant.ts'
import { readSettings } from '../../store/settings.ts'
import { countWaiting, readWaiting } from '../../store/views/approvals-view.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import type { World } from '../world.ts'
import { caseRowOf, namedIn, timeOf } from './case-row.ts'

const WAITING_MAX = 100

/** What waits for a second person, with the cases that it is about. */
export async function listApprovals({ db, now }: World): Promise<ApprovalList> {
  const [waiting, count, { currency }] = await Promise.all([
    readWaiting(db, WAITING_MAX),
    countWaiting(db),
    readSettings(db),
  ])
  const people = waiting.map(({ askedBy }) => askedBy)
  const names = await readDeskNames(db, [...new Set([...people, ...namedIn(waiting.map(({ line }) => line.state))])])
  return {
    waiting: waiting.map(({ line, ...asked }) => ({
      case: caseRowOf(line, names),
      id: asked.id,
      askedBy: { id: asked.askedBy, name: names.get(asked.askedBy) ?? null },
      askedAt: rfc3339(instant(asked.askedAt.getTime())),
      remedy: { ...asked.remedy, fixBy: timeOf(asked.remedy.fixBy) },
      reason: asked.reason,
      passed: [...asked.passed],
    })),
    count,
    asOf: rfc3339(now()),
    currency,
  }
}
