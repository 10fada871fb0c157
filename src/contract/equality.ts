import { type Static, Type } from 'typebox'
import { equalityVerdicts } from '../core/equality/compare-groups.ts'
import { equalityMeasures } from '../core/equality/measures.ts'
import {
  GROUP_LENGTH_MAX,
  GROUPS_MAX,
  REASON_LENGTH_MAX,
  TRAIT_NAME_LENGTH_MAX,
  traitBases,
  traits,
} from '../core/equality/trait.ts'
import { nullable, time } from './show.ts'

/** How groups of customers are treated. Shares and places are 0 to 1, times are working hours. Nobody is in it. */

const trait = Type.Enum(traits)
const named = Type.Object({ name: Type.String(), label: Type.String() })

/** Turning a trait on. */
export const traitWish = Type.Object(
  {
    name: Type.Optional(
      nullable(
        Type.String({
          minLength: 1,
          maxLength: TRAIT_NAME_LENGTH_MAX,
          description: 'What is compared, of the trait `own`; left out of all others.',
        }),
      ),
    ),
    groups: Type.Array(Type.String({ minLength: 1, maxLength: GROUP_LENGTH_MAX }), {
      minItems: 1,
      maxItems: GROUPS_MAX,
      description:
        'Its groups in your words; of languages their codes, such as `nl`: all others are a group by itself.',
    }),
    basis: Type.Enum(traitBases, { description: 'The ground of the law on which you use the trait for this.' }),
    reason: Type.String({
      minLength: 1,
      maxLength: REASON_LENGTH_MAX,
      description: 'Why this is lawful, in a sentence. It is kept, and the audit log holds its SHA-256.',
    }),
  },
  { $id: 'TraitWish' },
)
export type TraitWishBody = Static<typeof traitWish>

const figure = Type.Object({
  group: Type.String(),
  label: Type.String(),
  people: Type.Integer({ description: 'In steps of 5.' }),
  cases: Type.Integer({ description: 'In steps of 5.' }),
  value: Type.Number(),
  others: Type.Number({ description: 'What the others have with the same mix of severities and categories.' }),
  difference: Type.Number(),
  low: nullable(Type.Number()),
  high: nullable(Type.Number({ description: 'The 95 % interval of the difference, of all comparisons together.' })),
  verdict: Type.Enum(equalityVerdicts),
  sentence: Type.String(),
})

/** The traits that are compared, and what was found. */
export const equality = Type.Object(
  {
    traits: Type.Array(
      Type.Object({
        trait,
        label: Type.String(),
        groups: Type.Array(named),
        basis: Type.Enum(traitBases),
        reason: Type.String(),
        onAt: time,
        customers: nullable(
          Type.Integer({
            description: 'Whose group is known, in steps of 5; null for the language, which profiles tell.',
          }),
        ),
      }),
      { description: 'Those that are turned on.' },
    ),
    found: nullable(
      Type.Object({
        madeAt: time,
        from: time,
        to: time,
        comparisons: Type.Integer({ description: 'Made at once; the intervals hold for all of them together.' }),
        differing: Type.Integer({ description: 'Comparisons of what the firm did in which a group differs.' }),
        traits: Type.Array(
          Type.Object({
            trait,
            label: Type.String(),
            measures: Type.Array(
              Type.Object({
                measure: Type.Enum(equalityMeasures),
                label: Type.String(),
                about: Type.Enum(['treatment', 'score'] as const),
                unit: Type.Enum(['share', 'points', 'hours', 'place'] as const),
                groups: Type.Array(figure),
                hidden: Type.Array(named, {
                  description: 'Groups that are too small to be told of, or could be worked out from the others.',
                }),
              }),
            ),
          }),
        ),
      }),
    ),
    running: nullable(Type.String({ description: 'The task that works it out now.' })),
  },
  { $id: 'Equality' },
)
export type Equality = Static<typeof equality>

/** What became of the lines of an upload. */
export const groupsTaken = Type.Object(
  {
    taken: Type.Integer({ description: 'Customers whose group is known now.' }),
    forgotten: Type.Integer({ description: 'Customers of whom the line names no group.' }),
    unknown: Type.Integer({ description: 'Lines of customers whom no event has named.' }),
    leftOut: Type.Integer({ description: 'Lines of customers who object to profiling, or were erased.' }),
    otherGroup: Type.Integer({ description: 'Lines that name no group of the trait.' }),
  },
  { $id: 'GroupsTaken' },
)
export type GroupsTaken = Static<typeof groupsTaken>
