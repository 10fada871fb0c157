import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { api } from '../api.ts'

const FOUND_MAX = 8
const NAME_LENGTH_MAX = 200

type Props = Readonly<{ label: string; hint: string; value: string; onChange: (value: string) => void }>

/** A customer by name, key or e-mail; the list that the browser offers holds who fits what is typed. */
export function CustomerField({ label, hint, value, onChange }: Props) {
  const id = useId()
  const search = value.trim()
  const found = useQuery({
    queryKey: ['customers', 'ask', search],
    queryFn: ({ signal }) =>
      api.customers({ search, sort: 'recent', filter: 'all', segment: '', limit: FOUND_MAX }, undefined, signal),
    enabled: search.length > 1,
    placeholderData: (old) => old,
  })
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        required
        maxLength={NAME_LENGTH_MAX}
        autoComplete="off"
        list={`${id}-list`}
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={`${id}-list`}>
        {found.data?.customers.map(({ customer, name }) => (
          <option key={customer} value={customer}>
            {name ?? customer}
          </option>
        ))}
      </datalist>
      <span className="hint" id={`${id}-hint`}>
        {hint}
      </span>
    </div>
  )
}
