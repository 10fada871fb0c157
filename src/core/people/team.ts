import type { TeamId } from '../ids.ts'
import type { Role } from './permissions.ts'

/** Figures about fewer people than this would be figures about a person. */
const FIGURE_PEOPLE_MIN = 5

/** Which teams' cases somebody sees: all, or only those of these teams and of no team. */
export type TeamsSeen = Readonly<{ kind: 'all' }> | Readonly<{ kind: 'some'; teams: readonly TeamId[] }>

/** The row rule: agents see the cases of their own teams; every other role that may read cases sees all. */
export const teamsSeen = ({ role, teams }: Readonly<{ role: Role; teams: readonly TeamId[] }>): TeamsSeen =>
  role === 'agent' ? { kind: 'some', teams } : { kind: 'all' }

/** Whether a case of this team is seen. What belongs to no team is seen by everybody, or nobody would take it. */
export const seesTeam = (seen: TeamsSeen, team: TeamId | null): boolean =>
  seen.kind === 'all' || team === null || seen.teams.includes(team)

/** How many people a team has. */
export type TeamSize = Readonly<{ team: TeamId; people: number }>

/**
 * The teams whose figures may be shown: of five people or more. All others are counted together, and when these are
 * fewer than five, the smallest shown team joins them: else the total less the shown teams would tell about them.
 */
export function teamsInFigures(sizes: readonly TeamSize[]): readonly TeamId[] {
  const shown = sizes.filter(({ people }) => people >= FIGURE_PEOPLE_MIN).toSorted((a, b) => b.people - a.people)
  const rest = sizes.reduce((sum, { people }) => sum + people, 0) - shown.reduce((sum, { people }) => sum + people, 0)
  if (rest > 0 && rest < FIGURE_PEOPLE_MIN) shown.pop()
  return shown.map(({ team }) => team)
}
