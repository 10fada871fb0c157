import type { Incident } from '../core/cases/incident.ts'
import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

type Row = Omit<Incident, 'beganAt' | 'endedAt' | 'openedAt'> & { beganAt: Date; endedAt: Date | null; openedAt: Date }

const COLUMNS = `id, title, category, severity, at_fault as "atFault", began_at as "beganAt", ended_at as "endedAt", known,
  root_cause as "rootCause", team, opened_at as "openedAt", revision`
const LISTED_MAX = 200

const time = (at: Date): Instant => instant(at.getTime())
const incidentOf = ({ beganAt, endedAt, openedAt, ...row }: Row): Incident => ({
  ...row,
  beganAt: time(beganAt),
  endedAt: endedAt === null ? null : time(endedAt),
  openedAt: time(openedAt),
})

const valuesOf = (one: Incident) => [
  one.id,
  one.title,
  one.category,
  one.severity,
  one.atFault,
  rfc3339(one.beganAt),
  one.endedAt === null ? null : rfc3339(one.endedAt),
  one.known,
  one.rootCause,
  one.team,
]

/** Stores a new incident. */
export async function addIncident(tx: Tx, one: Incident): Promise<void> {
  await tx.change(
    `insert into incidents (id, title, category, severity, at_fault, began_at, ended_at, known, root_cause, team,
        opened_at, revision) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
    [...valuesOf(one), rfc3339(one.openedAt)],
  )
}

/** Stores what is known by now; false when somebody else was faster than revision `was`. */
export async function saveIncident(tx: Tx, one: Incident, was: number): Promise<boolean> {
  const saved = await tx.change(
    `update incidents set title = $2, category = $3, severity = $4, at_fault = $5, began_at = $6, ended_at = $7,
        known = $8, root_cause = $9, team = $10, revision = revision + 1 where id = $1 and revision = $11`,
    [...valuesOf(one), was],
  )
  return saved === 1
}

/** The incident with this id; undefined when there is none. */
export async function findIncident(tx: Tx, id: string): Promise<Incident | undefined> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from incidents where id = $1`, [id], 'find-incident')
  return row && incidentOf(row)
}

/** The newest 200 incidents, newest first. */
export async function listIncidents(tx: Tx): Promise<readonly Incident[]> {
  const rows = await tx.query<Row>(`select ${COLUMNS} from incidents order by opened_at desc, id limit ${LISTED_MAX}`)
  return rows.map(incidentOf)
}
