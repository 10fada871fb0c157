import { type ReactNode, useState } from 'react'

type Props = Readonly<{ line: ReactNode; className?: string; startsOpen?: boolean; children: () => ReactNode }>

/** A line of a list that opens to the whole of it, which is drawn only then. */
export function OpeningLine({ line, className, startsOpen = false, children }: Props) {
  const [open, setOpen] = useState(startsOpen)
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary data-row className={className}>
        {line}
      </summary>
      {open ? children() : null}
    </details>
  )
}
