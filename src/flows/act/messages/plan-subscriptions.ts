import { monthOf } from '../../../core/listening/occasion.ts'
import { enqueue } from '../../../store/jobs.ts'
import { readStatesAfter } from '../../../store/states.ts'
import { holdOccasions } from '../../../store/survey-occasions.ts'
import { readAskingRules } from '../../asking-rules.ts'
import type { World } from '../../world.ts'

const AT_ONCE = 5_000

/**
 * When the firm begins to ask those with a subscription, the subscriptions that run already come up as well: page by
 * page, each with the job for the next, so that a worker that dies leaves the rest to another.
 */
export async function planSubscriptions(world: World, { after }: Readonly<{ after: string }>): Promise<void> {
  await world.db.transaction(async (tx) => {
    const { rules, everyMonths } = (await readAskingRules(tx)).rules
    const { on, kind, waitHours } = rules['subscription month']
    if (!on) return
    const page = await readStatesAfter(tx, after, AT_ONCE)
    const now = world.now()
    await holdOccasions(
      tx,
      page.flatMap(({ customer, state }) =>
        state.facts.subscriptions.map((one) => ({
          ...{ customer, kind, at: one.at },
          occasion: monthOf(one, { waitHours, everyMonths, after: now }),
        })),
      ),
    )
    const last = page.at(-1)
    if (last !== undefined && page.length === AT_ONCE) await enqueue(tx, 'asking.plan', { after: last.customer })
  })
}
