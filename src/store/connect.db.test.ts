import { expect, inject, test } from 'vitest'
import { administer } from '../../test/engine.ts'
import { freshDb } from '../../test/fresh-db.ts'
import { connect } from './db.ts'

const { db, connectionString } = await freshDb()
const { isCluster } = inject('testEngine')

test.skipIf(isCluster)(
  'times and fractions come back as they are, however the server is set to write them',
  async () => {
    const [here] = await db.query<{ name: string }>('select current_database() as name')
    for (const setting of [`datestyle = 'SQL, DMY'`, `timezone = 'Asia/Kolkata'`, 'extra_float_digits = 0'])
      await administer(connectionString, `alter database ${here?.name} set ${setting}`)
    const other = connect({ connectionString, connectionsMax: 1, name: 'test' })
    const at = new Date('2026-03-04T05:06:07.089Z')
    const rows = await other.query('select $1::timestamptz as at, $1::timestamptz::text as said, $2::float8 as share', [
      at,
      0.1 + 0.2,
    ])
    await other.close()
    expect(rows).toEqual([{ at, said: '2026-03-04 05:06:07.089+00', share: 0.1 + 0.2 }])
  },
)
