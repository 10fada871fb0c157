import type { RecoveryCase } from '../core/cases/recovery-case.ts'
import { teamId } from '../core/ids.ts'
import { seesTeam, type TeamsSeen, teamsSeen } from '../core/people/team.ts'
import type { Caller } from './caller.ts'

/** Which teams' cases a caller sees; a key sees all. */
export const sightOf = ({ colleague }: Pick<Caller, 'colleague'>): TeamsSeen =>
  colleague === undefined ? { kind: 'all' } : teamsSeen(colleague)

/** Whether a caller sees a case. What was given to somebody in person is seen by that person too. */
export const mayRead = (caller: Pick<Caller, 'colleague'>, one: Pick<RecoveryCase, 'team' | 'assignee'>): boolean =>
  (one.assignee !== null && one.assignee === caller.colleague?.id) ||
  seesTeam(sightOf(caller), one.team === null ? null : teamId(one.team))
