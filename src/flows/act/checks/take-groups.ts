import type { GroupsTaken } from '../../../contract/equality.ts'
import type { Trait } from '../../../core/equality/trait.ts'
import { mayBeCompared } from '../../../core/equality/treatment.ts'
import type { Actor } from '../../../core/people/actor.ts'
import { audit } from '../../../store/audit.ts'
import type { Tx } from '../../../store/db.ts'
import { forgetCustomerTraits, lockGroups, lockTrait, saveCustomerTraits } from '../../../store/traits.ts'
import { readValuedStates } from '../../../store/views/checks-view.ts'
import { readHolders } from '../../../store/views/equality-view.ts'
import { Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'
import type { GroupLine } from './read-groups-file.ts'
import { planCheck } from './run-checks.ts'

const PAGE = 2_000

/**
 * Takes in who belongs to which group of a trait that is turned on. A line replaces what was known of its customer, and
 * one without a group makes it forgotten. Nothing is kept of customers whom nobody knows, who object to profiling, or
 * who were erased. All of it or nothing.
 */
export const takeGroups = (
  { db }: World,
  who: Actor,
  { trait, lines }: Readonly<{ trait: Trait; lines: readonly GroupLine[] }>,
): Promise<GroupsTaken> =>
  db.transaction(async (tx) => {
    const live = await lockTrait(tx, trait)
    if (live === undefined) throw new Refusal('not-in-this-state', 'Turn this comparison on first, and say why.')
    if (trait === 'language')
      throw new Refusal('not-in-this-state', 'The language is known from the profile of each customer.')
    await lockGroups(tx)
    const groups = new Set(live.groups)
    const taken = { taken: 0, forgotten: 0, unknown: 0, leftOut: 0, otherGroup: 0 }
    for (let from = 0; from < lines.length; from += PAGE) {
      const page = lines.slice(from, from + PAGE)
      const standing = await standingOf(
        tx,
        page.map(({ customer }) => customer),
      )
      const isKnown = page.filter(({ customer }) => standing.has(customer))
      const may = isKnown.filter(({ customer }) => standing.get(customer) === 'may')
      const told = may.filter(({ group }) => groups.has(group))
      const gone = [...may.filter(({ group }) => group === ''), ...isKnown.filter((one) => !may.includes(one))]
      await saveCustomerTraits(
        tx,
        trait,
        told.map(({ customer, group }) => ({ customer, part: group })),
      )
      const forgotten = await forgetCustomerTraits(
        tx,
        gone.map(({ customer }) => customer),
        trait,
      )
      taken.taken += told.length
      taken.forgotten += forgotten
      taken.unknown += page.length - isKnown.length
      taken.leftOut += isKnown.length - may.length
      taken.otherGroup += may.filter(({ group }) => group !== '' && !groups.has(group)).length
    }
    await planCheck(tx, 'equal-treatment')
    await audit(tx, who, 'trait.uploaded', { kind: 'trait', id: trait }, taken)
    return taken
  })

/** Whether these customers may be compared; of whom nothing is known, nothing. */
async function standingOf(tx: Tx, customers: readonly string[]): Promise<ReadonlyMap<string, 'may' | 'out'>> {
  const holders = await readHolders(tx, customers)
  const people = await readValuedStates(tx, [...new Set(holders.values())])
  const may = new Set(people.flatMap(({ customer, state }) => (mayBeCompared(state) ? [customer] : [])))
  return new Map([...holders].map(([customer, holder]) => [customer, may.has(holder) ? 'may' : 'out']))
}
