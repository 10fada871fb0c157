import { type Static, Type } from 'typebox'
import { checkNames, checkStates } from '../core/checks/checks.ts'
import { nullable, time } from './show.ts'

/** What Amends asks of itself, and how it came out. Shares are 0 to 1, money is in minor units. */

const units = ['points', 'share', 'factor', 'mean', 'count', 'days', 'deviations', 'money'] as const
const unit = Type.Enum(units, { description: 'How the number is written; `points` are of a share.' })
const number = nullable(Type.Number())

const check = Type.Object(
  {
    name: Type.Enum(checkNames),
    title: Type.String(),
    about: Type.String({ description: 'What is compared, and when it fails.' }),
    todo: Type.String({ description: 'What to do when it fails; empty where a number is only told.' }),
    page: Type.String({ description: 'Where in the web app something can be done.' }),
    every: Type.Enum(['day', 'week', 'month', 'refit'] as const),
    unit,
    partUnit: unit,
    range: Type.Enum(['interval', 'middle', 'band'] as const, {
      description: 'What low and high are: the 95 % interval, the middle 80 of 100 cases, the 90 % band of a forecast.',
    }),
    threshold: nullable(Type.Number({ description: 'It fails beyond this.' })),
    state: nullable(
      Type.Enum(checkStates, {
        description: '`unsure`: beyond the threshold, but chance alone may have done it. Null before the first run.',
      }),
    ),
    value: number,
    low: number,
    high: number,
    count: Type.Integer({ description: 'Cases behind the number.' }),
    needed: Type.Integer({ description: 'Cases before anything can be said.' }),
    parts: Type.Array(
      Type.Object({
        name: Type.String(),
        label: Type.String(),
        value: Type.Number(),
        low: number,
        high: number,
        count: nullable(Type.Integer()),
      }),
      { description: 'What the number is made of. Small groups are not told.' },
    ),
    at: nullable(time),
    asOf: nullable(time),
    since: nullable(time),
    history: Type.Array(Type.Object({ at: time, state: Type.Enum(checkStates), value: number }), {
      description: 'The last 60 runs, oldest first.',
    }),
  },
  { $id: 'Check' },
)
export type Check = Static<typeof check>

/** All checks as they came out last. */
export const checkList = Type.Object(
  {
    checks: Type.Array(check),
    failing: Type.Integer(),
    currency: Type.String(),
    running: nullable(Type.String({ description: 'The task that runs checks now.' })),
  },
  { $id: 'CheckList' },
)
export type CheckList = Static<typeof checkList>
