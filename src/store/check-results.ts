import type { CheckName, CheckState, Finding } from '../core/checks/checks.ts'
import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** One run of a check. `since`: from when on it has come out so. */
export type CheckResult = Readonly<{ name: CheckName; at: Instant; asOf: Instant; since: Instant; finding: Finding }>

type Row = Omit<CheckResult, 'at' | 'asOf' | 'since'> & { at: Date; asOf: Date; since: Date }

const COLUMNS = 'name, at, as_of as "asOf", since, finding'

const fromRow = ({ name, at, asOf, since, finding }: Row): CheckResult => ({
  name,
  at: instant(at.getTime()),
  asOf: instant(asOf.getTime()),
  since: instant(since.getTime()),
  finding,
})

/** The newest run of each check. */
export async function readNewestResults(tx: Tx): Promise<readonly CheckResult[]> {
  const rows = await tx.query<Row>(`select distinct on (name) ${COLUMNS} from check_results order by name, at desc`)
  return rows.map(fromRow)
}

/** Whether each check fails, as it came out last. */
export async function failingChecks(tx: Tx): Promise<ReadonlyMap<string, boolean>> {
  const rows = await tx.query<{ name: string; state: CheckState }>(
    'select distinct on (name) name, state from check_results order by name, at desc',
  )
  return new Map(rows.map(({ name, state }) => [name, state === 'fails']))
}

/** A run as the history tells it. */
export type PastResult = Readonly<{ name: CheckName; at: Instant; state: CheckState; value: number | null }>

const HISTORY_MAX = 60

/** The last 60 runs of each check, oldest first. */
export async function readPastResults(tx: Tx): Promise<readonly PastResult[]> {
  const rows = await tx.query<Omit<PastResult, 'at'> & { at: Date }>(
    `select name, at, state, (finding ->> 'value')::float8 as value
       from (select *, row_number() over (partition by name order by at desc) as back from check_results) as runs
      where back <= ${HISTORY_MAX} order by name, at`,
  )
  return rows.map((row) => ({ ...row, at: instant(row.at.getTime()) }))
}

/** Keeps a run. */
export async function addResult(tx: Tx, { name, at, asOf, since, finding }: CheckResult): Promise<void> {
  await tx.change(
    `insert into check_results (name, at, as_of, state, since, finding) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [name, rfc3339(at), rfc3339(asOf), finding.state, rfc3339(since), JSON.stringify(finding)],
  )
}
