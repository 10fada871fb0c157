import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { teamId } from '../ids.ts'
import { roles } from './permissions.ts'
import { seesTeam, teamsInFigures, teamsSeen } from './team.ts'

const [north, south] = [teamId('north'), teamId('south')]

describe('which cases somebody sees', () => {
  test('agents see those of their teams and of no team, all others see all', () => {
    for (const role of roles) {
      const seen = teamsSeen({ role, teams: [north] })
      const answers = [seesTeam(seen, north), seesTeam(seen, null), seesTeam(seen, south)]
      expect([role, answers]).toEqual([role, [true, true, role !== 'agent']])
    }
  })
})

describe('figures about teams', () => {
  const sizes = fc
    .array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 })
    .map((all) => all.map((people, n) => ({ team: teamId(`t${n}`), people })))

  test('are never about fewer than five people, nor is what the total tells about the rest', () => {
    fc.assert(
      fc.property(sizes, (all) => {
        const shown = teamsInFigures(all)
        expect(all.filter(({ team, people }) => shown.includes(team) && people < 5)).toEqual([])
        const rest = all.filter(({ team }) => !shown.includes(team)).reduce((sum, { people }) => sum + people, 0)
        expect(rest === 0 || rest >= 5 || shown.length === 0).toBe(true)
      }),
    )
  })

  test('are shown for every team when all are large enough', () => {
    expect(
      teamsInFigures([
        { team: north, people: 5 },
        { team: south, people: 9 },
      ]),
    ).toEqual([south, north])
    expect(
      teamsInFigures([
        { team: north, people: 4 },
        { team: south, people: 9 },
      ]),
    ).toEqual([])
  })
})
