import { useSearchParams } from 'wouter'

type Props = Readonly<{
  label: string
  value: string
  /** The states with their names, in their order; '' is all of them. */
  options: readonly (readonly [state: string, name: string])[]
}>

/** Which part of a list is shown, kept in the address as `state`. */
export function StateFilter({ label, value, options }: Props) {
  const [, setParams] = useSearchParams()
  return (
    <div className="tools">
      <label>
        <span className="quiet xs">{label}</span>
        <select
          className="plain-select"
          value={value}
          onChange={({ target }) => setParams(target.value === '' ? {} : { state: target.value }, { replace: true })}
        >
          {options.map(([state, name]) => (
            <option key={state} value={state}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
