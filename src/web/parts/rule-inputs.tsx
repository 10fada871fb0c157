import { Fragment, type ReactNode, useId, useState } from 'react'
import { type Channel, channels } from '../../core/relationship/vocabulary.ts'
import type { Language } from '../language.ts'
import { asTyped, majorOf, minorOf, typedNumber } from '../numbers.ts'
import { roundTo } from '../rounding.ts'
import { useSpeech } from '../words.ts'

/** A sentence with what stands in its places: `{days}` is replaced by what the slots have under that name. */
export function Sentence({ text, slots }: Readonly<{ text: string; slots: Readonly<Record<string, ReactNode>> }>) {
  return text
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? <Fragment key={part}>{slots[part.slice(1, -1)]}</Fragment> : part))
}

type NumberProps = Readonly<{
  label: string
  value: number
  /** What the value is multiplied by for the reader: 100 for a share. */
  scale?: number
  min?: number
  max?: number
  whole?: boolean
  onChange: (value: number) => void
}>

const DECIMALS = 4

const shownAs = (language: Language, value: number) =>
  Number.isNaN(value) ? '' : asTyped(language, roundTo(value, DECIMALS), DECIMALS)

/** A number in a sentence or a table. What is typed stays as it is; what is no number travels as NaN and is marked. */
export function NumberInput({ label, value, scale = 1, min, max, whole = true, onChange }: NumberProps) {
  const { w, decimal, language } = useSpeech()
  const id = useId()
  const [typed, setTyped] = useState(shownAs(language, value * scale))
  const shown = value * scale
  const wrong =
    Number.isNaN(value) ||
    (whole && !Number.isInteger(value)) ||
    (min !== undefined && shown < min) ||
    (max !== undefined && shown > max)
  const must =
    min === undefined || max === undefined
      ? w.policy.anyNumber
      : (whole ? w.policy.whole : w.policy.between)(decimal(min, 0), decimal(max, 0))
  return (
    <span className="amount">
      <input
        className="plain-input"
        inputMode={whole ? 'numeric' : 'decimal'}
        aria-label={label}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          const number = typedNumber(target.value)
          onChange(scale === 1 ? number : roundTo(number / scale, DECIMALS + 2))
        }}
      />
      {wrong ? (
        <span className="harm xs" id={id}>
          {must}
        </span>
      ) : null}
    </span>
  )
}

type InSentence = NumberProps & Readonly<{ text: string; slot: string; unit?: string }>

/** A rule in a sentence with one number in it, in the place that `slot` names; `unit` stands after the number. */
export function NumberSentence({ text, slot, unit, ...number }: InSentence) {
  const input = (
    <>
      <NumberInput {...number} />
      {unit === undefined ? null : ` ${unit}`}
    </>
  )
  return (
    <p className="md">
      <Sentence text={text} slots={{ [slot]: input }} />
    </p>
  )
}

const AMOUNT_MAX = 100_000_000

type AmountProps = Readonly<{ label: string; value: number; currency: string; onChange: (minor: number) => void }>

/** An amount of money, typed in whole units and cents; `value` is in minor units. */
export function Amount({ label, value, currency, onChange }: AmountProps) {
  return (
    <>
      <NumberInput
        label={`${label}, ${currency}`}
        value={majorOf(value, currency)}
        min={0}
        max={AMOUNT_MAX}
        whole={false}
        onChange={(amount) => onChange(minorOf(`${amount}`, currency))}
      />{' '}
      <span className="quiet xs">{currency}</span>
    </>
  )
}

/** A sentence with one amount in it. */
export function AmountSentence({ text, slot, ...amount }: AmountProps & Readonly<{ text: string; slot: string }>) {
  return (
    <p className="md">
      <Sentence text={text} slots={{ [slot]: <Amount {...amount} /> }} />
    </p>
  )
}

type ChannelsProps = Readonly<{
  legend: string
  chosen: readonly Channel[]
  onChange: (chosen: readonly Channel[]) => void
}>

/** Ways of contact, any of them. */
export function ChannelChecks({ legend, chosen, onChange }: ChannelsProps) {
  const { w } = useSpeech()
  return <Checks legend={legend} all={channels} names={w.policy.channels} chosen={chosen} onChange={onChange} />
}

type ChecksProps<Name extends string> = Readonly<{
  legend: string
  all: readonly Name[]
  names: Readonly<Record<Name, string>>
  chosen: readonly Name[]
  onChange: (chosen: readonly Name[]) => void
}>

/** Any of a few, ticked. */
export function Checks<Name extends string>({ legend, all, names, chosen, onChange }: ChecksProps<Name>) {
  return (
    <fieldset className="ticks">
      <legend className="hidden-words">{legend}</legend>
      {all.map((one) => (
        <Tick
          key={one}
          label={names[one]}
          on={chosen.includes(one)}
          // In the order of the list, so that the same choice is always the same rule.
          onChange={(on) => onChange(all.filter((other) => (other === one ? on : chosen.includes(other))))}
        />
      ))}
    </fieldset>
  )
}

/** One thing that holds or does not. */
export function Tick({
  label,
  on,
  onChange,
}: Readonly<{ label: ReactNode; on: boolean; onChange: (on: boolean) => void }>) {
  return (
    <label>
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} /> {label}
    </label>
  )
}

type ChoiceProps<Name extends string> = Readonly<{
  label: string
  value: Name
  all: readonly Name[]
  names: Readonly<Record<Name, string>>
  onChange: (value: Name) => void
}>

/** One of a few, in a table or a sentence. */
export function Choice<Name extends string>({ label, value, all, names, onChange }: ChoiceProps<Name>) {
  return (
    <select
      className="plain-select"
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(all.find((one) => one === target.value) ?? value)}
    >
      {all.map((one) => (
        <option key={one} value={one}>
          {names[one]}
        </option>
      ))}
    </select>
  )
}
