import { type ContactWish, mayContact, type Spoken } from '../../core/contact/may-contact.ts'
import type { Instant } from '../../core/time/instant.ts'
import { readSlots } from '../../store/contact-slots.ts'
import { readStatesAfter } from '../../store/states.ts'
import { circumstancesOf, readSurroundings } from '../surroundings.ts'
import type { World } from '../world.ts'

/** Customers read at a time. */
const PAGE = 1_000

/** Somebody who may not be sent this, the strongest reason, and the next moment of a yes (null: not before an event). */
export type Suppressed = Readonly<{ customer: string; because: Spoken; nextAllowedAt: Instant | null }>

/**
 * Everybody who may not be sent a message, page by page in the order of keys, every key of merged people included:
 * a list for tools that cannot ask for each customer. It is as old as the moment it was made.
 */
export async function* suppressionList(
  world: World,
  wish: ContactWish,
  at: Instant,
): AsyncGenerator<readonly Suppressed[]> {
  const surroundings = await readSurroundings(world.db)
  for (let after = ''; ; ) {
    const rows = await readStatesAfter(world.db, after, PAGE)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.customer
    const slots = await readSlots(
      world.db,
      rows.map(({ customer }) => customer),
    )
    yield rows.flatMap(({ customer, members, state }) => {
      const around = circumstancesOf(state, slots.get(customer) ?? [], surroundings)
      const { spoke, nextAllowedAt } = mayContact(surroundings.policy, around, wish, at)
      const because = spoke.find(({ effect }) => effect === 'blocks')
      return because === undefined
        ? []
        : [customer, ...members].map((key) => ({ customer: key, because, nextAllowedAt }))
    })
  }
}
