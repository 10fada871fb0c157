import type { CasePage } from '../../../contract/cases.ts'
import { amountAsTyped } from '../../numbers.ts'
import { amountInput } from '../../parts/amount-input.ts'
import { useSpeech } from '../../words.ts'
import type { ProtocolStep } from './protocol.tsx'
import { remedyForms, stepAnswers } from './step-command.ts'

type Props = Readonly<{ step: ProtocolStep['step']; page: CasePage; amount: number | null }>

/** What a step asks for; acknowledging and taking on ask nothing. What is typed stays in the fields until it is sent. */
export function StepFields({ step, page, amount }: Props) {
  const { w, timeZone } = useSpeech()
  const currency = page.currency ?? page.firmCurrency
  const proposed = amount ?? page.proposal?.amountMinor ?? 0
  switch (step) {
    case 'acknowledge':
    case 'own':
      return null
    case 'apologise':
      return (
        <label className="row">
          <input type="checkbox" name="specific" /> {w.cases.specific}
        </label>
      )
    case 'agree remedy':
      return (
        <>
          <Text name="what" words={w.cases.what} isNeeded />
          <Amount minor={proposed} currency={currency} key={amount} />
          <Form chosen={proposed > 0 ? proposedForm(page) : null} />
          <label className="field">
            <span>{w.cases.fixBy}</span>
            <input type="datetime-local" name="fixBy" />
            <span className="hint">{w.timeIn(timeZone)}</span>
          </label>
          <Text name="reason" words={w.cases.reason} />
        </>
      )
    case 'fix':
      return <Text name="how" words={w.cases.how} />
    case 'compensate':
      return (
        <>
          <Amount minor={Math.max(0, (page.remedy?.valueMinor ?? 0) - page.compensatedMinor)} currency={currency} />
          <Form chosen={page.remedy?.form ?? null} />
        </>
      )
    case 'confirm':
    case 'follow up':
      return <Answer withNone={step === 'follow up'} />
    case 'close':
      return <Text name="cause" words={w.cases.cause} />
  }
}

/** A loss is paid back; goodwill beyond one is a voucher. An amount without a form would be owed in none. */
const proposedForm = ({ lossMinor }: CasePage): string => (lossMinor !== null && lossMinor > 0 ? 'refund' : 'voucher')

function Text({ name, words, isNeeded = false }: Readonly<{ name: string; words: string; isNeeded?: boolean }>) {
  return (
    <label className="field">
      <span>{words}</span>
      <input name={name} maxLength={200} required={isNeeded} />
    </label>
  )
}

function Amount({ minor, currency }: Readonly<{ minor: number; currency: string }>) {
  const { w, language } = useSpeech()
  return (
    <label className="field">
      <span>{w.inCurrency(w.cases.amount, currency)}</span>
      <input
        {...amountInput(currency)}
        name="amount"
        defaultValue={amountAsTyped(language, minor, currency)}
        required
      />
    </label>
  )
}

function Form({ chosen = null }: Readonly<{ chosen?: string | null }>) {
  const { w } = useSpeech()
  return (
    <label className="field">
      <span>{w.cases.form}</span>
      <select name="form" defaultValue={remedyForms.find((one) => one === chosen) ?? 'none'}>
        {remedyForms.map((one) => (
          <option key={one} value={one}>
            {w.cases.forms[one]}
          </option>
        ))}
      </select>
    </label>
  )
}

function Answer({ withNone }: Readonly<{ withNone: boolean }>) {
  const { w } = useSpeech()
  return (
    <fieldset className="answers">
      <legend>{w.cases.satisfied}</legend>
      {stepAnswers
        .filter((one) => withNone || one !== 'none')
        .map((one) => (
          <label key={one} className="row">
            <input type="radio" name="answer" value={one} required /> {w.cases.answers[one]}
          </label>
        ))}
    </fieldset>
  )
}
