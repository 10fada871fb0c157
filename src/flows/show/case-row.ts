import type { CaseRow } from '../../contract/cases.ts'
import { queueReasons } from '../../core/cases/case-queue.ts'
import type { RecoveryCase } from '../../core/cases/recovery-case.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { QueueLine } from '../../store/views/case-queue-view.ts'

/** A time as it travels. */
export const timeOf = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

/** The people and teams that lines of the queue name. */
export const namedIn = (states: readonly RecoveryCase[]): readonly string[] => [
  ...new Set(states.flatMap(({ assignee, team }) => [assignee, team].filter((id) => id !== null))),
]

/** A line of the queue as it travels; `names` of people and teams by their id. */
export function caseRowOf(line: QueueLine, names: ReadonlyMap<string, string>): CaseRow {
  const { state } = line
  return {
    id: state.case,
    customer: state.customer,
    name: line.name,
    failure: state.failure,
    revision: state.revision,
    openedAt: rfc3339(state.openedAt),
    closedAt: timeOf(state.round.closedAt),
    severity: state.severity,
    category: state.category,
    lossMinor: state.lossMinor,
    currency: state.currency,
    incident: state.incident,
    team: state.team === null ? null : { id: state.team, name: names.get(state.team) ?? '' },
    assignee: state.assignee === null ? null : { id: state.assignee, name: names.get(state.assignee) ?? '' },
    failedRounds: state.failedRounds,
    waitingFor: state.waitingFor,
    snoozedUntil: timeOf(state.snoozedUntil),
    reason: queueReasons[line.floor] ?? 'at stake',
    dueAt: timeOf(line.dueAt),
    nextStep: line.nextStep,
    stakeMinor: line.stakeMinor,
    workMinutes: line.workMinutes,
    perMinuteMinor: line.stakeMinor === null ? null : line.stakeMinor / line.workMinutes,
  }
}
