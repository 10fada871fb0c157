import { useId } from 'react'

type Props<Value extends string> = Readonly<{
  legend: string
  value: Value
  options: readonly Readonly<{ value: Value; label: string }>[]
  onChange: (value: Value) => void
  small?: boolean
}>

/** A few choices of which one holds: radios that look like one strip. */
export function Segmented<Value extends string>({ legend, value, options, onChange, small = false }: Props<Value>) {
  const name = useId()
  return (
    <fieldset className={small ? 'seg small' : 'seg'}>
      <legend className="hidden-words">{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
