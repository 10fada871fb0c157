import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { tell } from '../../test/tell.ts'
import { testWorld } from '../../test/test-world.ts'

const { db } = await freshDb()

test('a chance too small for single precision is stored as 0, and its batch is accepted', async () => {
  const failures = Array.from({ length: 12 }, (_, index) => ({
    customer: 'lost',
    type: 'failure.occurred',
    at: `2026-05-${String(index + 10)}T10:00:00Z`,
    data: {
      failure: `f${index}`,
      severity: 'critical',
      disrespect: true,
      promisedFixBy: `2026-05-${String(index + 10)}T11:00:00Z`,
    },
  }))
  await tell(testWorld(db), failures)
  const [row] = await db.query<{ stay_low: number }>(`select stay_low from relationships where customer = 'lost'`)
  expect(row?.stay_low).toBeGreaterThanOrEqual(0)
  expect(row?.stay_low).toBeLessThan(1e-6)
})
