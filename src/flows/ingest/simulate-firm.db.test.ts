import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { testWorld } from '../../../test/test-world.ts'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import { readStatesBetween } from '../../store/states.ts'
import { acceptWire } from './accept-wire.ts'
import { simulateFirm } from './simulate-firm.ts'
import { verifyLog } from './verify-log.ts'

const { db } = await freshDb(5)
const world = testWorld(db)
const folder = await mkdtemp(join(tmpdir(), 'simulate-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each(['contract', 'shop'] as const)(
  'a simulated %s firm is stored as it was made, and a second time changes nothing',
  async (kind) => {
    const firm = simulatedFirm({ customers: 120, months: 12, seed: 3, kind, endAt: world.now() })
    const options = {
      firm,
      to: { kind: 'accept', accept: (events) => acceptWire(world, events) },
      truthPath: join(folder, `${kind}.json`),
      checkpointPath: join(folder, `${kind}.checkpoint.json`),
      now: world.now,
    } as const satisfies Parameters<typeof simulateFirm>[0]
    const first = await simulateFirm(options)
    expect(first).toMatchObject({ kind: 'done', customers: 120, accepted: first.events, repeated: 0, refused: 0 })
    expect(await simulateFirm(options)).toMatchObject({ kind: 'done', accepted: 0, repeated: first.events, refused: 0 })
    const start = kind === 'shop' ? 'S3-' : 'C3-'
    const stored = (await readStatesBetween(db, start, `${start}~`)).map(({ customer, state }) => ({
      customer,
      isGone: state.exit.leftAt !== null,
    }))
    expect(stored.length).toBe(120)
    const left = new Set(stored.filter((one) => one.isGone).map(({ customer }) => customer))
    const truly = Array.from({ length: 120 }, (_, index) => firm.customer(index).truth).filter(
      ({ leftAt }) => leftAt !== null,
    )
    // In a shop nobody says that he has left.
    expect(left).toEqual(new Set(kind === 'shop' ? [] : truly.map(({ customer }) => customer)))
    expect((await verifyLog(world)).differences).toEqual([])
  },
)
