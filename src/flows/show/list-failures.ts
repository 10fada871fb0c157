import type { CustomerFailures } from '../../contract/cases.ts'
import { isOpen } from '../../core/relationship/recovery.ts'
import { readable } from '../../core/relationship/relationship.ts'
import { rfc3339 } from '../../core/time/instant.ts'
import { readCasesOf } from '../../store/cases.ts'
import type { Caller } from '../caller.ts'
import { mayRead } from '../case-sight.ts'
import { readCaseStandards } from '../case-standards.ts'
import { personOf } from '../person-of.ts'
import type { World } from '../world.ts'

/** The failures that are known of a customer, newest first, each with its case if it has one that the caller sees. */
export async function listFailures(
  { db, now }: World,
  caller: Caller,
  customer: string,
): Promise<CustomerFailures | undefined> {
  const person = await personOf(db, customer)
  if (person === undefined) return undefined
  const at = now()
  const cases = await readCasesOf(db, person.keys)
  const { severity } = (await readCaseStandards(db)).rules
  const failures = readable(person.state, at).facts.failures.toReversed()
  return {
    customer: person.customer,
    name: person.state.person.name,
    severity: { ...severity, categories: [...severity.categories] },
    failures: failures.map((one) => {
      const known = cases.find(({ failure }) => failure === one.failure || one.also.includes(failure))
      return {
        failure: one.failure,
        at: rfc3339(one.at),
        severity: one.severity,
        category: one.category,
        lossMinor: one.lossMinor,
        currency: one.currency,
        isOpen: isOpen(one, at),
        links: [...one.links],
        hasCase: known !== undefined,
        case: known !== undefined && mayRead(caller, known) ? known.case : null,
      }
    }),
  }
}
