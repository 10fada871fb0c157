import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { channels } from '../../../core/relationship/vocabulary.ts'
import { api } from '../../api.ts'
import { categoryName } from '../../category.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { amountInput } from '../../parts/amount-input.ts'
import { Field } from '../../parts/field.tsx'
import { useSpeech } from '../../words.ts'
import { type FieldName, forms, type Kind, type TypedEvent } from './event-kinds.ts'

const TEXT_LENGTH_MAX = 200
const WORDS_LENGTH_MAX = 5_000
const words: readonly FieldName[] = ['text', 'customerText']

type Props = Readonly<{
  customer: string
  kind: Kind
  currency: string
  typed: TypedEvent
  change: (part: TypedEvent) => void
}>

/** What one kind of event asks. */
export function EventFields({ kind, ...rest }: Props) {
  const { fields, required } = forms[kind]
  return fields.map((name) => <One key={name} name={name} isRequired={required.includes(name)} {...rest} />)
}

type OneProps = Omit<Props, 'kind'> & Readonly<{ name: FieldName; isRequired: boolean }>

function One({ customer, name, isRequired, currency, typed, change }: OneProps) {
  const { w, timeZone } = useSpeech()
  const options = useOptions(customer, name)
  if (options !== null && options.length === 0) return null
  const label = name === 'cost' ? w.inCurrency(w.noting.fields.cost, currency) : w.noting.fields[name]
  const hint = name === 'seenBy' ? w.noting.seenByHint : name === 'due' ? w.timeIn(timeZone) : undefined
  const value = typed[name] ?? ''
  const set = ({ target }: Readonly<{ target: Readonly<{ value: string }> }>) => change({ [name]: target.value })
  const common = { required: isRequired, value, onChange: set }
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(field) =>
        options !== null ? (
          <select {...field} {...common} className="plain-select">
            <option value="">{isRequired ? w.noting.choose : w.noting.none}</option>
            {options.map(([of, said]) => (
              <option key={of} value={of}>
                {said}
              </option>
            ))}
          </select>
        ) : words.includes(name) ? (
          <textarea {...field} {...common} rows={3} maxLength={WORDS_LENGTH_MAX} />
        ) : (
          <TextInput field={field} name={name} currency={currency} {...common} />
        )
      }
    </Field>
  )
}

type TextProps = Readonly<{
  field: Readonly<{ id: string; 'aria-describedby'?: string }>
  name: FieldName
  currency: string
  required: boolean
  value: string
  onChange: (event: Readonly<{ target: Readonly<{ value: string }> }>) => void
}>

/** What the form offers as a category; the firm's own words can be typed. */
const offered = ['late_delivery', 'not_delivered', 'lost_or_damaged', 'wrong_or_missing_item', 'billing', 'outage']

function TextInput({ field, name, currency, ...common }: TextProps) {
  const { w } = useSpeech()
  const id = useId()
  if (name === 'due') return <input {...field} {...common} type="datetime-local" />
  if (name === 'cost') return <input {...amountInput(currency)} {...field} {...common} />
  return (
    <>
      <input {...field} {...common} maxLength={TEXT_LENGTH_MAX} list={name === 'category' ? id : undefined} />
      {name === 'category' ? (
        <datalist id={id}>
          {offered.map((one) => (
            <option key={one} value={one}>
              {categoryName(w, one)}
            </option>
          ))}
        </datalist>
      ) : null}
    </>
  )
}

type Options = readonly (readonly [value: string, said: string])[]

/** What a field is chosen from; null where it is typed. */
function useOptions(customer: string, name: FieldName): Options | null {
  const { w, day } = useSpeech()
  const may = useMay()
  const failures = useQuery({
    queryKey: ['customer-failures', customer],
    queryFn: () => api.failuresOf(customer),
    enabled: name === 'about' && may('cases.read'),
  })
  const { noting } = w
  switch (name) {
    case 'about':
      return (failures.data?.failures ?? []).map((one) => [
        one.failure,
        `${categoryName(w, one.category)}, ${day(at(one.at))}`,
      ])
    case 'channel':
      return channels.map((one) => [one, w.policy.channels[one]])
    case 'direction':
      return Object.entries(noting.directions)
    case 'negative':
      return Object.entries(noting.against)
    case 'linkedBy':
      return Object.entries(noting.links)
    case 'dispute':
      return Object.entries(noting.disputes)
    case 'conduct':
      return Object.entries(noting.conducts)
    default:
      return null
  }
}
