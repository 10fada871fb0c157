import type { CasePage } from '../../../contract/cases.ts'
import { momentInWords } from '../../../contract/moment-words.ts'
import { amountInWords } from '../../../contract/money-words.ts'
import { casePageTexts } from '../../../contract/page-texts/case-page-words.ts'
import { at } from '../../dates.ts'
import { useKeys } from '../../keyboard.ts'
import { minorOf } from '../../numbers.ts'
import { amountInput } from '../../parts/amount-input.ts'
import { Field } from '../../parts/field.tsx'
import { instantOfWall } from '../../wall-time.ts'
import { type Speech, useSpeech } from '../../words.ts'
import { remedyForms } from './step-command.ts'
import type { Choice, Filled, Typed } from './telling-draft.ts'
import { WhyHere, type WhyNot } from './telling-refusal.tsx'

const LINE_LENGTH_MAX = 200

type Props = Readonly<{
  page: CasePage
  filled: Filled
  type: (typed: Typed) => void
  change: (place: number, part: Partial<Choice>) => void
  refusal: WhyNot | undefined
  isAhead: boolean
}>

/** The remedies that the customer may choose from: each can be offered or not, and worded; and what she will see. */
export function OfferFields({ page, filled, type, change, refusal, isAhead }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const currency = page.currency ?? page.firmCurrency
  const range = page.proposal?.range
  const money = (minor: number) => speech.money(minor, page.firmCurrency)
  const hint =
    range === undefined
      ? w.tellings.choicesHintBare
      : w.tellings.choicesHint(
          range.lowMinor === range.highMinor
            ? money(range.lowMinor)
            : w.cases.range(money(range.lowMinor), money(range.highMinor)),
        )
  const why = { of: refusal, isAhead }
  const toggle = (place: number) => () => change(place, { isOffered: filled.choices[place]?.isOffered === false })
  useKeys({ 1: toggle(0), 2: toggle(1), 3: toggle(2) })
  return (
    <>
      <fieldset className="offer">
        <legend className="strong">{w.tellings.choices}</legend>
        <p className="soft">{hint}</p>
        {filled.choices.map((one, place) => (
          <ChoiceFields
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a remedy is called by here.
            key={place}
            place={place}
            of={one}
            offeredAt={filled.choices.slice(0, place).filter(({ isOffered }) => isOffered).length}
            lang={filled.language}
            currency={currency}
            change={(part) => change(place, part)}
            refusal={refusal}
            isAhead={isAhead}
          />
        ))}
        <WhyHere at={['offer', '/offer/choices', '/offer/step']} {...why} />
      </fieldset>
      <div className="two-fields">
        <Field label={w.inCurrency(w.tellings.always, currency)} hint={w.tellings.alwaysHint}>
          {(field) => (
            <input
              {...amountInput(currency)}
              {...field}
              value={filled.always}
              onChange={({ target }) => type({ always: target.value })}
            />
          )}
        </Field>
        <Field label={w.tellings.until} hint={w.timeIn(speech.timeZone)}>
          {(field) => (
            <input
              {...field}
              type="datetime-local"
              required
              value={filled.until}
              onChange={({ target }) => type({ until: target.value })}
            />
          )}
        </Field>
      </div>
      <WhyHere at={['/offer/until', '/offer/always']} {...why} />
      <Seen filled={filled} currency={currency} speech={speech} />
    </>
  )
}

type ChoiceProps = Readonly<{
  place: number
  of: Choice
  /** Its place among those that are offered. */
  offeredAt: number
  lang: string
  currency: string
  change: (part: Partial<Choice>) => void
  refusal: WhyNot | undefined
  isAhead: boolean
}>

function ChoiceFields({ place, of, offeredAt, lang, currency, change, refusal, isAhead }: ChoiceProps) {
  const { w, timeZone } = useSpeech()
  const line = { lang, maxLength: LINE_LENGTH_MAX, required: true }
  const name = of.what === '' ? w.cases.forms[of.form] : of.what
  const at = (field: string) => `/offer/choices/${offeredAt}/${field}`
  return (
    <div className="choice-fields">
      <label className="row">
        <input
          type="checkbox"
          checked={of.isOffered}
          aria-label={`${w.tellings.offer}: ${name}`}
          onChange={({ target }) => change({ isOffered: target.checked })}
        />
        <span className={of.isOffered ? 'strong anywhere' : 'anywhere'} lang={lang}>
          {name}
        </span>
        <kbd>{place + 1}</kbd>
      </label>
      {of.isOffered ? (
        <div className="two-fields">
          <Field label={w.tellings.choiceWhat}>
            {(field) => (
              <input {...field} {...line} value={of.what} onChange={({ target }) => change({ what: target.value })} />
            )}
          </Field>
          <Field label={w.tellings.happens}>
            {(field) => (
              <input
                {...field}
                {...line}
                value={of.happens}
                onChange={({ target }) => change({ happens: target.value })}
              />
            )}
          </Field>
          <Field label={w.inCurrency(w.cases.amount, currency)}>
            {(field) => (
              <input
                {...amountInput(currency)}
                {...field}
                required
                value={of.amount}
                onChange={({ target }) => change({ amount: target.value })}
              />
            )}
          </Field>
          <Field label={w.cases.form}>
            {(field) => (
              <select
                {...field}
                value={of.form}
                onChange={({ target }) => change({ form: remedyForms.find((one) => one === target.value) ?? 'none' })}
              >
                {remedyForms.map((one) => (
                  <option key={one} value={one}>
                    {w.cases.forms[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={w.tellings.fixBy} hint={w.timeIn(timeZone)}>
            {(field) => (
              <input
                {...field}
                type="datetime-local"
                required
                value={of.fixBy}
                onChange={({ target }) => change({ fixBy: target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
      {of.isOffered ? <WhyHere at={[at('fixBy'), at('form')]} of={refusal} isAhead={isAhead} /> : null}
    </div>
  )
}

/** The page of the choice in the words and the language in which the customer reads it. */
function Seen({ filled, currency, speech }: Readonly<{ filled: Filled; currency: string; speech: Speech }>) {
  const { language, what, choices, always, until } = filled
  const { remedy } = casePageTexts[language]
  const offered = choices.filter(({ isOffered }) => isOffered)
  const moment = (wall: string) => {
    const found = instantOfWall(wall, speech.timeZone)
    return found === undefined ? '' : momentInWords(language, at(found), speech.timeZone)
  }
  if (offered.length === 0) return null
  const alwaysMinor = minorOf(always === '' ? '0' : always, currency)
  return (
    <details open>
      <summary className="xs">{speech.w.tellings.seen}</summary>
      <article className="letter seen" lang={language}>
        <h3>{remedy.title}</h3>
        <p>{remedy.lead(what)}</p>
        <ul>
          {offered.map((one) => (
            <li key={one.what}>
              <b>{one.what}</b>
              <p>
                {one.happens} {remedy.by(moment(one.fixBy))}
              </p>
            </li>
          ))}
          <li>
            <b>{remedy.other}</b>
            <p>{remedy.otherText}</p>
          </li>
        </ul>
        {alwaysMinor > 0 ? <p>{remedy.always(amountInWords(language, alwaysMinor, currency))}</p> : null}
        <p>{remedy.openUntil(moment(until))}</p>
      </article>
    </details>
  )
}
