import type { Tx } from './db.ts'

/** Takes what is personal out of the log of these customers, and answers how much that was. */
export async function erasePersonal(tx: Tx, customers: readonly string[]): Promise<{ events: number; prose: number }> {
  const prose = await tx.change('delete from prose where customer = any($1)', [customers])
  const profiles = await tx.change(
    `update events set data = case when data ? 'startedAt' then jsonb_build_object('startedAt', data->'startedAt') else '{}' end
      where customer = any($1) and type = 'customer.profiled'`,
    [customers],
  )
  const others = await tx.change(
    `update events set data = jsonb_build_object('kind', 'erased', 'value', '')
      where customer = any($1) and type in ('customer.identified', 'moment.told')`,
    [customers],
  )
  const custom = await tx.change(`update events set data = '{}' where customer = any($1) and type like 'custom.%'`, [
    customers,
  ])
  await tx.change('delete from search_terms where customer = any($1)', [customers])
  return { events: profiles + others + custom, prose }
}
