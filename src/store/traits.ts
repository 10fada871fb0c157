import type { Trait, TraitBasis } from '../core/equality/trait.ts'
import { type Instant, rfc3339 } from '../core/time/instant.ts'
import { textArray } from './array-parameter.ts'
import type { Tx } from './db.ts'

/** A trait that is turned on: its groups, why that is lawful, and since when. */
export type LiveTrait = Readonly<{
  trait: Trait
  name: string | null
  groups: readonly string[]
  basis: TraitBasis
  reason: string
  onAt: Date
  onBy: string
}>

const COLUMNS = 'trait, name, groups, basis, reason, on_at as "onAt", on_by as "onBy"'

/** The traits that are turned on, first come first. */
export const listTraits = (tx: Tx): Promise<readonly LiveTrait[]> =>
  tx.query<LiveTrait>(`select ${COLUMNS} from traits where off_at is null order by on_at, trait`, [], 'list-traits')

/** A trait that is turned on, held so that it stays on until the transaction ends; undefined where it is off. */
export async function lockTrait(tx: Tx, trait: Trait): Promise<LiveTrait | undefined> {
  const [row] = await tx.query<LiveTrait>(
    `select ${COLUMNS} from traits where off_at is null and trait = $1 for update`,
    [trait],
  )
  return row
}

/** Who takes groups in holds this lock alone, who erases customers shares it. */
const GROUPS_LOCK = 4_206_011_928

/** Until the transaction ends nobody is erased whose erasure has not begun, and who is being erased was: take groups in now. */
export async function lockGroups(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [GROUPS_LOCK], 'lock-groups')
}

/** Turns a trait on; false when it is on already. */
export async function turnOn(
  tx: Tx,
  { id, onAt, ...of }: Omit<LiveTrait, 'onAt'> & Readonly<{ id: string; onAt: Instant }>,
): Promise<boolean> {
  const added = await tx.change(
    `insert into traits (id, trait, name, groups, basis, reason, on_at, on_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [id, of.trait, of.name, textArray(of.groups), of.basis, of.reason, rfc3339(onAt), of.onBy],
  )
  return added === 1
}

/** Turns a trait off; false when it is not on. What it says of customers is for the caller to forget. */
export async function turnOff(tx: Tx, trait: Trait, of: Readonly<{ at: Instant; by: string }>): Promise<boolean> {
  const turned = await tx.change('update traits set off_at = $2, off_by = $3 where trait = $1 and off_at is null', [
    trait,
    rfc3339(of.at),
    of.by,
  ])
  return turned === 1
}

/** The group of a customer by a trait. */
export type CustomerGroup = Readonly<{ customer: string; part: string }>

/** Says in which groups these customers are, each of them once. */
export async function saveCustomerTraits(tx: Tx, trait: Trait, told: readonly CustomerGroup[]): Promise<void> {
  await tx.change(
    `insert into customer_traits (customer, trait, part)
     select customer, $1, part from unnest($2::text[], $3::text[]) as told (customer, part)
     on conflict (customer, trait) do update set part = excluded.part`,
    [trait, textArray(told.map(({ customer }) => customer)), textArray(told.map(({ part }) => part))],
    'save-groups',
  )
}

/** Forgets the group of these customers by a trait, or by all of them; answers how many were known. */
export const forgetCustomerTraits = (tx: Tx, customers: readonly string[], trait: Trait | null): Promise<number> =>
  tx.change(
    'delete from customer_traits where customer = any($1) and ($2::text is null or trait = $2)',
    [textArray(customers), trait],
    'forget-groups',
  )

/**
 * Forgets all groups of customers who are erased, those too that are being taken in: waits for that, and keeps others from
 * beginning with it until the transaction ends.
 */
export async function eraseCustomerTraits(tx: Tx, customers: readonly string[]): Promise<void> {
  await tx.query('select pg_advisory_xact_lock_shared($1)', [GROUPS_LOCK], 'share-groups')
  await forgetCustomerTraits(tx, customers, null)
}

/** Forgets the groups of everybody by a trait. */
export const forgetTrait = (tx: Tx, trait: Trait): Promise<number> =>
  tx.change('delete from customer_traits where trait = $1', [trait])

/** In which groups these customers are. */
export const readCustomerTraits = (
  tx: Tx,
  customers: readonly string[],
): Promise<readonly (CustomerGroup & Readonly<{ trait: Trait }>)[]> =>
  tx.query(
    'select customer, trait, part from customer_traits where customer = any($1)',
    [textArray(customers)],
    'read-groups',
  )

/** Of how many customers the group by each trait is known. */
export const countGroups = (tx: Tx): Promise<readonly Readonly<{ trait: Trait; customers: number }>[]> =>
  tx.query('select trait, count(*)::int as customers from customer_traits group by trait')
