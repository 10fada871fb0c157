import { tableSpread } from '../../src/store/distribution.ts'
import type { Spread } from './keys.ts'

/** Where a table lives on a cluster. */
export type Home = Spread | 'reference' | 'local'

/** What the rules need to know of the database beside the statement. */
export type Layout = Readonly<{
  home: (table: string) => Home
  /** Names of functions of which any form is STABLE or VOLATILE, as PostgreSQL's catalogue has them. */
  mutable: ReadonlySet<string>
  volatile: ReadonlySet<string>
}>

/** Where our tables live; any other table is the coordinator's own. */
export const homeOf = (table: string): Home => tableSpread.get(table) ?? 'local'
