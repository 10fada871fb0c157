import { inForce } from '../../../core/relationship/relationship.ts'
import { zoneOrUtc } from '../../../core/time/zone.ts'
import { holdGestures } from '../../../store/gestures.ts'
import { enqueue } from '../../../store/jobs.ts'
import { readLog } from '../../../store/log.ts'
import { readSettings } from '../../../store/settings.ts'
import { readTellersAfter } from '../../../store/views/gestures-view.ts'
import { readGestureRules } from '../../gesture-rules.ts'
import { waitingOf } from '../../note-moments.ts'
import type { World } from '../../world.ts'

const AT_ONCE = 500

/**
 * When rules on gestures go live, the moments that were told before come up as well, each at its new time: page by page,
 * each with the job for the next, so that a worker that dies leaves the rest to another.
 */
export async function planGestures(world: World, { after }: Readonly<{ after: string }>): Promise<void> {
  await world.db.transaction(async (tx) => {
    const { rules } = await readGestureRules(tx)
    const zone = zoneOrUtc((await readSettings(tx)).timeZone)
    const page = await readTellersAfter(tx, after, AT_ONCE)
    const told = Map.groupBy(await readLog(tx, page), ({ customer }) => customer)
    const now = world.now()
    for (const events of told.values()) await holdGestures(tx, waitingOf(inForce(events), rules, { zone, now }))
    const last = page.at(-1)
    if (last !== undefined && page.length === AT_ONCE) await enqueue(tx, 'gestures.plan', { after: last })
  })
}
