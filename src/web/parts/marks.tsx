import type { LedgerEntryView } from '../../contract/show.ts'

/** The sign of the product. */
export function Brand() {
  return (
    <div className="brand">
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
        <path
          d="M2 6.5c4.2 0 4.6 9.5 9 9.5s4.8-9.5 9-9.5"
          fill="none"
          stroke="var(--accent)"
          strokeWidth="2.4"
          strokeLinecap="round"
        />
        <circle cx="11" cy="16" r="2.3" fill="var(--harm)" />
      </svg>
      Amends
    </div>
  )
}

export type MarkKind = LedgerEntryView['mark']

/** The shape of a mark around a point: triangle down let down, triangle up repair, ring owed. For use inside an SVG. */
export function MarkShape({ kind, x, y }: Readonly<{ kind: MarkKind; x: number; y: number }>) {
  if (kind === 'let-down') return <path d={`M${x - 5} ${y - 4}h10l-5 8.5z`} className="fill-harm rim" />
  if (kind === 'repair') return <path d={`M${x - 5} ${y + 4}h10l-5 -8.5z`} className="fill-repair rim" />
  return <circle cx={x} cy={y} r="3.6" className="ring" />
}

/** A mark that stands alone in a line of text. */
export function Mark({ kind, words }: Readonly<{ kind: MarkKind; words: string }>) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" role="img" aria-label={words}>
      <MarkShape kind={kind} x={6} y={6} />
    </svg>
  )
}
