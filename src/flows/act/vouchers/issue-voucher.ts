import { createHash, randomInt, randomUUID } from 'node:crypto'
import { type Actor, actorText } from '../../../core/people/actor.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { issueVoucher, type VoucherOrigin } from '../../../core/voucher/voucher.ts'
import { RANDOM_SYMBOLS, readVoucherCode, voucherCode, voucherTail } from '../../../core/voucher/voucher-code.ts'
import type { Tx } from '../../../store/db.ts'
import { readSaved } from '../../../store/relationships.ts'
import { addVoucher, findIssued, type StoredVoucher } from '../../../store/vouchers.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import type { World } from '../../world.ts'
import { book } from './move-voucher.ts'

const SYMBOLS = 32

/** What is to be issued, and to whom. `movement` is the caller's own name for it: the same again is carried out once. */
export type IssueWish = Readonly<{
  customer: string
  movement: string
  origin: VoucherOrigin
  currency: string
  valueMinor: number
  expiresAt: Instant | null
  reference: string | null
}>

/** The voucher. Its code is told once, at the issue, and is kept nowhere: a repetition answers none. */
export type Issued =
  | Readonly<{ kind: 'issued'; voucher: StoredVoucher; code: string | null }>
  | Readonly<{ kind: 'customer-unknown' }>
  | Readonly<{ kind: 'id-reused' }>

/** The hash under which a code is kept. A code has 95 random bits, so that one fast hash without salt is enough. */
export const hashOfCode = (plain: string): Buffer => createHash('sha256').update(`amends voucher ${plain}`).digest()

/** Issues a voucher to a customer; row, ledger, log and audit log are one transaction. */
export const issueKeptVoucher = (world: World, who: Actor, wish: IssueWish): Promise<Issued> =>
  appendDecided<Issued>(world, (tx) => issueWithin(world, tx, who, wish))

/** Issues a voucher within a transaction, and answers what the log must be told. */
export async function issueWithin(world: World, tx: Tx, who: Actor, wish: IssueWish): Promise<Decided<Issued>> {
  const { customer, movement, reference, ...worth } = wish
  const known = await findIssued(tx, customer, movement)
  if (known !== undefined) {
    const same =
      known.valueMinor === worth.valueMinor && known.origin === worth.origin && known.currency === worth.currency
    return { events: [], answer: same ? { kind: 'issued', voucher: known, code: null } : { kind: 'id-reused' } }
  }
  if (!(await readSaved(tx, [customer])).has(customer)) return { events: [], answer: { kind: 'customer-unknown' } }
  const code = voucherCode(Array.from({ length: RANDOM_SYMBOLS }, () => randomInt(SYMBOLS)))
  const at = world.now()
  const { voucher: fresh, transfer } = issueVoucher(worth)
  const voucher: StoredVoucher = {
    ...fresh,
    customer,
    voucher: randomUUID(),
    codeHash: hashOfCode(readVoucherCode(code) ?? code),
    codeTail: voucherTail(code),
    issuedAt: at,
    last: { movement, kind: 'issued', at, by: actorText(who), before: null },
  }
  await addVoucher(tx, voucher, movement)
  const events = await book(world, tx, who, { movement, reference, voucher, transfers: [transfer], at })
  return { events, answer: { kind: 'issued', voucher, code } }
}
