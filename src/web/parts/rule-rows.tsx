import type { ReactNode } from 'react'
import { useSpeech } from '../words.ts'
import { Heads } from './heads.tsx'
import { Scroll } from './scroll.tsx'

/** Rows are told apart by their place: two of them may say the same while they are typed. */
export const placed = <Row,>(rows: readonly Row[]) =>
  rows.map((row, place) => ({ row, place, key: `${rows.length} ${place}` }))
/** The rows without one of them. */
export const without = <Row,>(rows: readonly Row[], place: number) => rows.filter((_, index) => index !== place)
/** The rows with a part of one of them changed. */
export const replacedAt = <Row,>(rows: readonly Row[], place: number, part: Partial<Row>) =>
  rows.map((row, index) => (index === place ? { ...row, ...part } : row))

type NameProps = Readonly<{ label: string; value: string; onChange: (value: string) => void }>

/** A name in a table. */
export function NameInput({ label, value, onChange }: NameProps) {
  const { w } = useSpeech()
  const wrong = value.trim() === ''
  return (
    <>
      <input
        className="plain-input"
        aria-label={label}
        aria-invalid={wrong}
        maxLength={200}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {wrong ? <span className="harm xs"> {w.policy.needsName}</span> : null}
    </>
  )
}

/** The cell that takes a row out. */
export function Remove({ what, act }: Readonly<{ what: string; act: () => void }>) {
  const { w } = useSpeech()
  return (
    <td>
      <button type="button" className="q" aria-label={w.policy.removeOf(what)} onClick={act}>
        {w.policy.remove}
      </button>
    </td>
  )
}

type RowTableProps = Readonly<{
  label: string
  head: Parameters<typeof Heads>[0]['heads']
  empty: string
  count: number
  /** How to add a row; left out where none can be added. */
  add?: string
  onAdd?: () => void
  children: ReactNode
}>

/** Rows that are added and taken out. */
export function RowTable({ label, head, empty, count, add, onAdd, children }: RowTableProps) {
  return (
    <>
      {count === 0 ? (
        <p className="soft">{empty}</p>
      ) : (
        <Scroll label={label}>
          <table className="settings-table">
            <Heads heads={head} />
            <tbody>{children}</tbody>
          </table>
        </Scroll>
      )}
      {onAdd === undefined ? null : (
        <button type="button" className="btn" onClick={onAdd}>
          {add}
        </button>
      )}
    </>
  )
}
