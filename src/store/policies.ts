import type { Tx } from './db.ts'

/** What a set of rules is about. */
export type PolicyKind = 'contact' | 'case' | 'remedy' | 'asking' | 'gesture'

/** One version of a set of rules. `body` was validated before it was stored. */
export type StoredPolicy<Body> = Readonly<{
  version: number
  body: Body
  note: string
  author: string
  live: boolean
  createdAt: Date
}>

const COLUMNS = 'version, body, note, author, live, created_at as "createdAt"'
const VERSIONS_SHOWN_MAX = 100

/** The version that decides now; undefined until the firm has made one. */
export async function findLivePolicy<Body>(tx: Tx, kind: PolicyKind): Promise<StoredPolicy<Body> | undefined> {
  const [row] = await tx.query<StoredPolicy<Body>>(
    `select ${COLUMNS} from policies where kind = $1 and live`,
    [kind],
    'live-policy',
  )
  return row
}

/** One version; undefined where there is none of this number. */
export async function findPolicyVersion<Body>(
  tx: Tx,
  kind: PolicyKind,
  version: number,
): Promise<StoredPolicy<Body> | undefined> {
  const [row] = await tx.query<StoredPolicy<Body>>(`select ${COLUMNS} from policies where kind = $1 and version = $2`, [
    kind,
    version,
  ])
  return row
}

/** What a list of versions tells of one: all but the rules; with the name of the person, where it is still known. */
export type PolicyVersion = Readonly<Omit<StoredPolicy<never>, 'body'> & { authorName: string | null }>

/** The newest versions, newest first. */
export async function readPolicyVersions(tx: Tx, kind: PolicyKind): Promise<readonly PolicyVersion[]> {
  const versions = await tx.query<Omit<PolicyVersion, 'authorName'>>(
    `select version, note, author, live, created_at as "createdAt"
       from policies where kind = $1 order by version desc limit ${VERSIONS_SHOWN_MAX}`,
    [kind],
  )
  // Rules are on every node of a cluster, people on one: each are read by themselves.
  const people = await tx.query<{ author: string; name: string }>(
    `select 'person:' || id as author, name from people where 'person:' || id = any($1)`,
    [[...new Set(versions.map(({ author }) => author))]],
  )
  const names = new Map(people.map(({ author, name }) => [author, name]))
  return versions.map((version) => ({ ...version, authorName: names.get(version.author) ?? null }))
}

/**
 * Makes a new version the live one and answers its number. Answers 'outrun' when `was`, the version it was made from
 * (0 for the rules at first), is not the live one any more.
 */
export async function savePolicy(
  tx: Tx,
  kind: PolicyKind,
  policy: Readonly<{ was: number; body: unknown; note: string; author: string }>,
): Promise<number | 'outrun'> {
  const replaced = await tx.change('update policies set live = false where kind = $1 and version = $2 and live', [
    kind,
    policy.was,
  ])
  if (policy.was > 0 && replaced === 0) return 'outrun'
  const version = policy.was + 1
  const added = await tx.change(
    `insert into policies (kind, version, body, note, author, live) values ($1, $2, $3, $4, $5, true)
     on conflict do nothing`,
    [kind, version, JSON.stringify(policy.body), policy.note, policy.author],
  )
  return added === 0 ? 'outrun' : version
}
