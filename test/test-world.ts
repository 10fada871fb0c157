import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Instant, instant } from '../src/core/time/instant.ts'
import type { World } from '../src/flows/world.ts'
import type { Db } from '../src/store/db.ts'

/** A world around a real database, with a clock that stands where it was set and chance from a fixed seed. */
export function testWorld(db: Db, now: Instant = instant(Date.UTC(2026, 5, 1))): World {
  let state = 42
  return {
    db,
    now: () => now,
    // The minimal standard generator of Park and Miller (1988): enough for tests, and the same on every machine.
    random: () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    },
    log: { info: () => undefined, error: () => undefined },
    filesDir: join(tmpdir(), 'amends-test-files'),
    mail: undefined,
    publicUrl: undefined,
    allowPrivateWebhooks: false,
  }
}
