import { type Static, Type } from 'typebox'
import { nullable, time } from './show.ts'

/** How the work of teams goes. Shares are 0 to 1, times are working minutes. No figure is of a person. */

const figure = nullable(
  Type.Object(
    {
      value: Type.Number(),
      low: Type.Number(),
      high: Type.Number(),
      count: Type.Integer({ description: 'Cases, or promises, behind it.' }),
      sameMix: Type.Number({
        description: 'What the whole firm reaches with the same mix of severities and categories.',
      }),
    },
    { description: 'With its 95 % interval; null with fewer than 30 cases.' },
  ),
)

const figures = Type.Object({
  solvedAtFirst: figure,
  acknowledgedInTime: figure,
  acknowledgedMinutes: figure,
  waitedMinutes: figure,
  promisesKept: figure,
})

/** The figures of teams as they were last worked out. */
export const teamList = Type.Object(
  {
    madeAt: nullable(time),
    from: nullable(time),
    to: nullable(time),
    firm: nullable(Type.Object({ cases: Type.Integer(), figures })),
    teams: Type.Array(
      Type.Object({ id: Type.String(), name: Type.String(), people: Type.Integer(), cases: Type.Integer(), figures }),
      { description: 'Of five people and 30 cases or more, by name.' },
    ),
    untold: Type.Integer({ description: 'Teams that are not told of.' }),
  },
  { $id: 'TeamFigures' },
)
export type TeamList = Static<typeof teamList>
