import type { InputGroup, InputKind, InputQuota, MemberState } from '../core/listening/input-round.ts'
import { type Instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** A round in which customers are asked for advice. `inviting`: its invitations are still being written. */
export type InputRound = Readonly<{
  id: string
  kind: InputKind
  title: string
  about: string
  segment: string | null
  quota: InputQuota
  state: 'inviting' | 'open' | 'closed'
  openedBy: string
  openedAt: Date
  closedAt: Date | null
}>

const ROUND = `id, kind, title, about, segment, quota, state, opened_by as "openedBy", opened_at as "openedAt",
  closed_at as "closedAt"`
const ROUNDS_MAX = 100

/** Adds a round that is about to invite. */
export async function addRound(
  tx: Tx,
  one: Pick<InputRound, 'id' | 'kind' | 'title' | 'about' | 'segment' | 'quota' | 'openedBy'> & { openedAt: Instant },
): Promise<void> {
  await tx.change(
    `insert into input_rounds (id, kind, title, about, segment, quota, state, opened_by, opened_at)
     values ($1, $2, $3, $4, $5, $6, 'inviting', $7, $8)`,
    [
      one.id,
      one.kind,
      one.title,
      one.about,
      one.segment,
      JSON.stringify(one.quota),
      one.openedBy,
      rfc3339(one.openedAt),
    ],
  )
}

/** The round; undefined when there is none. */
export async function findRound(tx: Tx, id: string): Promise<InputRound | undefined> {
  const [row] = await tx.query<InputRound>(`select ${ROUND} from input_rounds where id = $1`, [id], 'find-input-round')
  return row
}

/** The newest rounds, newest first. */
export const listRounds = (tx: Tx): Promise<readonly InputRound[]> =>
  tx.query<InputRound>(`select ${ROUND} from input_rounds order by opened_at desc, id limit ${ROUNDS_MAX}`)

/** Invitations are written: from now on the round is open. One that was closed meanwhile stays so. */
export async function setRoundOpen(tx: Tx, id: string): Promise<void> {
  await tx.change(`update input_rounds set state = 'open' where id = $1 and state = 'inviting'`, [id])
}

/** Closes a round; false when it was closed before. */
export async function closeRound(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const closed = await tx.change(
    `update input_rounds set state = 'closed', closed_at = $2 where id = $1 and state <> 'closed'`,
    [id, rfc3339(now)],
  )
  return closed === 1
}

/** Opens a round that was closed, and has it invite again whom it lacks; false when it was open. */
export async function reopenRound(tx: Tx, id: string): Promise<boolean> {
  const opened = await tx.change(
    `update input_rounds set state = 'inviting', closed_at = null where id = $1 and state = 'closed'`,
    [id],
  )
  return opened === 1
}

/** Somebody in a round. `part`: the group from which she was invited. */
export type InputMember = Readonly<{ customer: string; round: string; part: InputGroup; state: MemberState }>

/** Adds somebody who is invited; false when she was before. */
export async function addMember(tx: Tx, { customer, round, part }: InputMember, now: Instant): Promise<boolean> {
  const added = await tx.change(
    `insert into input_members (customer, round, part, state, invited_at, changed_at)
     values ($1, $2, $3, 'invited', $4, $4) on conflict do nothing`,
    [customer, round, part, rfc3339(now)],
    'add-input-member',
  )
  return added === 1
}

/** Where somebody stands, held until the transaction ends; undefined for somebody who was never invited. */
export async function lockMember(tx: Tx, customer: string, round: string): Promise<InputMember | undefined> {
  const [row] = await tx.query<InputMember>(
    'select customer, round, part, state from input_members where customer = $1 and round = $2 for update',
    [customer, round],
    'lock-input-member',
  )
  return row
}

/** Where somebody stands, as it is now. */
export async function findMember(tx: Tx, customer: string, round: string): Promise<InputMember | undefined> {
  const [row] = await tx.query<InputMember>(
    'select customer, round, part, state from input_members where customer = $1 and round = $2',
    [customer, round],
    'find-input-member',
  )
  return row
}

/** Writes down where somebody stands now. */
export async function moveMember(tx: Tx, { customer, round, state }: InputMember, now: Instant): Promise<void> {
  await tx.change(
    'update input_members set state = $3, changed_at = $4 where customer = $1 and round = $2',
    [customer, round, state, rfc3339(now)],
    'move-input-member',
  )
}

/** Whether these customers were invited to any round since an instant. */
export async function wasInvitedSince(tx: Tx, customers: readonly string[], since: Instant): Promise<boolean> {
  const found = await tx.query(
    'select 1 from input_members where customer = any($1) and invited_at > $2 limit 1',
    [customers, rfc3339(since)],
    'invited-to-input',
  )
  return found.length > 0
}

/** How many of a group stand somewhere in a round. */
export type MemberCount = Readonly<{ round: string; part: InputGroup; state: MemberState; count: number }>

/** How many stand where in these rounds. */
export const countMembers = (tx: Tx, rounds: readonly string[]): Promise<readonly MemberCount[]> =>
  tx.query<MemberCount>(
    `select round, part, state, count(*)::int as count from input_members where round = any($1)
      group by round, part, state`,
    [rounds],
    'count-input-members',
  )

const MEMBERS_MAX = 500

/** Everybody in a round, those who take part first. */
export const listMembers = (
  tx: Tx,
  round: string,
): Promise<readonly (InputMember & Readonly<{ name: string | null; changedAt: Date }>)[]> =>
  tx.query(
    `select m.customer, m.round, m.part, m.state, m.changed_at as "changedAt", r.name
       from input_members m left join relationships r on r.customer = m.customer
      where m.round = $1 order by m.state not in ('joined', 'given'), m.changed_at desc, m.customer limit ${MEMBERS_MAX}`,
    [round],
    'list-input-members',
  )

/** Customers in an order by lot that is the same for a round each time, at most so many: those active lately, of a segment if one is named. */
export async function drawCustomers(
  tx: Tx,
  { round, segment, since, most }: Readonly<{ round: string; segment: string | null; since: Instant; most: number }>,
): Promise<readonly string[]> {
  const rows = await tx.query<{ customer: string }>(
    `select customer from relationships
      where root is null and last_at >= $1 and ($2::text is null or segment = $2)
      order by md5(customer || $3) limit $4`,
    [rfc3339(since), segment, round, most],
  )
  return rows.map(({ customer }) => customer)
}
