import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** A letter as it was made, without its bytes. */
export type StoredLetter = Readonly<{
  customer: string
  case: string
  id: string
  /** The pack that asks for it; `own` for the firm's own. */
  pack: string
  letter: string
  language: string
  madeAt: Instant
  madeBy: string
  /** Of the bytes. */
  sha256: string
  /** False once the bytes were removed with the words of the case. */
  isKept: boolean
}>

const COLUMNS = `customer, case_id as "case", id, pack, letter, language, made_at as "madeAt", made_by as "madeBy",
  coalesce(gone_sha256, encode(sha256(pdf), 'hex')) as sha256, gone_sha256 is null as "isKept"`

type Row = Omit<StoredLetter, 'madeAt'> & Readonly<{ madeAt: Date }>
const read = <More extends Row>({ madeAt, ...row }: More) => ({ ...row, madeAt: instant(madeAt.getTime()) })

/** Keeps a letter. It is never changed; its bytes go with the words of the case, all of it with the customer. */
export async function addLetter(
  tx: Tx,
  letter: Omit<StoredLetter, 'sha256' | 'isKept'>,
  pdf: Uint8Array,
): Promise<void> {
  await tx.change(
    `insert into case_letters (customer, case_id, id, pack, letter, language, made_at, made_by, pdf)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      letter.customer,
      letter.case,
      letter.id,
      letter.pack,
      letter.letter,
      letter.language,
      rfc3339(letter.madeAt),
      letter.madeBy,
      pdf,
    ],
  )
}

/** The letters of a case, oldest first. */
export async function readLetters(tx: Tx, customer: string, id: string): Promise<readonly StoredLetter[]> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from case_letters where customer = $1 and case_id = $2 order by made_at, id`,
    [customer, id],
    'case-letters',
  )
  return rows.map(read)
}

/** A letter with its bytes. */
export type WholeLetter = StoredLetter & Readonly<{ pdf: Uint8Array }>

/** One letter of a customer; undefined when there is none. */
export async function findLetter(tx: Tx, customer: string, letter: string): Promise<WholeLetter | undefined> {
  const [row] = await tx.query<Row & { pdf: Uint8Array }>(
    `select ${COLUMNS}, pdf from case_letters where customer = $1 and id = $2`,
    [customer, letter],
  )
  return row === undefined ? undefined : read(row)
}
