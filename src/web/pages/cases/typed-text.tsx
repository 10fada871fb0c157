import type { Place } from './promise-notes.ts'

type Props = Readonly<{
  id: string
  value: string
  lang: string
  lengthMax: number
  /** The stretches that are underlined, in their order. */
  marks: readonly Place[]
  onChange: (text: string) => void
}>

/** A text that is typed, with stretches of it underlined; it grows with what is typed. */
export function TypedText({ id, value, lang, lengthMax, marks, onChange }: Props) {
  return (
    <div className="typed-text">
      <div aria-hidden="true" lang={lang}>
        {marked(value, marks).map((piece) =>
          piece.isMarked ? <mark key={piece.start}>{piece.text}</mark> : <span key={piece.start}>{piece.text}</span>,
        )}
        {'\n'}
      </div>
      <textarea
        id={id}
        lang={lang}
        rows={4}
        maxLength={lengthMax}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}

type Piece = Readonly<{ start: number; text: string; isMarked: boolean }>

function marked(text: string, marks: readonly Place[]): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end } of marks) {
    if (start < at) continue
    pieces.push({ start: at, text: text.slice(at, start), isMarked: false })
    pieces.push({ start, text: text.slice(start, end), isMarked: true })
    at = end
  }
  return [...pieces, { start: at, text: text.slice(at), isMarked: false }].filter((piece) => piece.text !== '')
}
