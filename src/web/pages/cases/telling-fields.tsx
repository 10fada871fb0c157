import { useId } from 'react'
import type { CasePage } from '../../../contract/cases.ts'
import { tellingSentence } from '../../../contract/words/tellings.ts'
import { locales } from '../../../contract/words.ts'
import { languageNames } from '../../language.ts'
import { Field } from '../../parts/field.tsx'
import { useSpeech } from '../../words.ts'
import type { placesIn } from './promise-notes.ts'
import type { Filled, TellingChannel, Typed } from './telling-draft.ts'
import { WhyHere, type WhyNot } from './telling-refusal.tsx'
import { TypedText } from './typed-text.tsx'

const TEXT_LENGTH_MAX = 5_000
const LINE_LENGTH_MAX = 200

type PartProps = Readonly<{ filled: Filled; type: (typed: Typed) => void }>
type WhyProps = Readonly<{ refusal: WhyNot | undefined; isAhead: boolean }>
const otherChannels = ['phone', 'post', 'visit', 'chat', 'sms', 'app'] as const satisfies readonly TellingChannel[]

/** To whom it goes and how, in which language; where no mail reaches her, that it is told in another way. */
export function Way({ page, filled, type, refusal, isAhead }: PartProps & WhyProps & Readonly<{ page: CasePage }>) {
  const { w, language } = useSpeech()
  const { way, to } = page.told
  const isOpen = way === 'open'
  return (
    <>
      {isOpen ? null : <p className="soft">{tellingSentence(language, way)}</p>}
      <div className="row">
        <span className="strong anywhere">
          {filled.channel === 'email' && to !== null ? w.tellings.mailTo(to) : w.tellings.otherWay}
        </span>
        <span className="grow" />
        <label className="row">
          <span className="quiet xs">{w.tellings.channel}</span>
          <select
            className="plain-select"
            value={filled.channel}
            onChange={({ target }) =>
              type({ channel: otherChannels.find((one) => one === target.value) ?? (isOpen ? 'email' : 'phone') })
            }
          >
            {(isOpen ? (['email', ...otherChannels] as const) : otherChannels).map((one) => (
              <option key={one} value={one}>
                {w.cases.channels[one]}
              </option>
            ))}
          </select>
        </label>
        <label className="row">
          <span className="quiet xs">{w.tellings.language}</span>
          <select
            className="plain-select"
            value={filled.language}
            onChange={({ target }) => type({ language: locales.find((one) => one === target.value) ?? 'en' })}
          >
            {locales.map((one) => (
              <option key={one} value={one}>
                {languageNames[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <WhyHere at="way" of={refusal} isAhead={isAhead} />
    </>
  )
}

/** What the mail says that it is about. */
export function About({ filled, type }: PartProps) {
  const { w } = useSpeech()
  return (
    <Field label={w.tellings.what} {...(filled.channel === 'email' ? { hint: w.tellings.whatHint } : {})}>
      {(field) => (
        <input
          {...field}
          lang={filled.language}
          maxLength={LINE_LENGTH_MAX}
          value={filled.what}
          onChange={({ target }) => type({ what: target.value })}
        />
      )}
    </Field>
  )
}

/** What was done, in the words of the mail. */
export function How({ filled, type }: PartProps) {
  const { w } = useSpeech()
  return (
    <Field label={w.tellings.how} hint={w.tellings.howHint}>
      {(field) => (
        <input
          {...field}
          lang={filled.language}
          maxLength={LINE_LENGTH_MAX}
          value={filled.how}
          onChange={({ target }) => type({ how: target.value })}
        />
      )}
    </Field>
  )
}

type ReplyProps = PartProps & WhyProps & Readonly<{ marks: ReturnType<typeof placesIn> }>

/** The answer as it is typed, its promises underlined. */
export function Reply({ filled, marks, type, refusal, isAhead }: ReplyProps) {
  const { w } = useSpeech()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{w.tellings.text}</label>
      <TypedText
        id={id}
        value={filled.text}
        lang={filled.language}
        lengthMax={TEXT_LENGTH_MAX}
        marks={marks}
        onChange={(text) => type({ text })}
      />
      <WhyHere at={['text', '/text']} of={refusal} isAhead={isAhead} />
    </div>
  )
}
