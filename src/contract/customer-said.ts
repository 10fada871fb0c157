import { type Static, Type } from 'typebox'

/** What customers say about themselves to somebody of the firm, who writes it down. */

/** Whether the customer objects to profiling. */
export const profilingWish = Type.Object({ refused: Type.Boolean() }, { $id: 'ProfilingWish' })

/** A moment of life. */
export const momentWish = Type.Object(
  {
    kind: Type.String({ minLength: 1, maxLength: 200, description: 'For example move, birth, bereavement or death.' }),
    on: Type.Optional(Type.String({ format: 'date-time', description: 'When it takes place; now if left out.' })),
  },
  { $id: 'MomentWish' },
)
export type MomentWish = Static<typeof momentWish>

/** What stands now. */
export const customerSaid = Type.Object(
  {
    customer: Type.String({ description: 'Who holds the relationship, where people were merged.' }),
    profilingRefusedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    moments: Type.Array(Type.Object({ kind: Type.String(), at: Type.String({ format: 'date-time' }) })),
  },
  { $id: 'CustomerSaid' },
)
export type CustomerSaid = Static<typeof customerSaid>
