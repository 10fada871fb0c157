import { type ReactNode, useId } from 'react'

type FieldProps = Readonly<{
  label: string
  hint?: string
  children: (props: Readonly<{ id: string; 'aria-describedby'?: string }>) => ReactNode
}>

/** A field with its name above and its hint below. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(hint === undefined ? { id } : { id, 'aria-describedby': `${id}-hint` })}
      {hint === undefined ? null : (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  )
}
