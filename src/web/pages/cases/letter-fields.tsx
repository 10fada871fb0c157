import type { CasePage } from '../../../contract/cases.ts'
import { letterWords } from '../../../contract/letter-words.ts'
import { Field } from '../../parts/field.tsx'
import { useSpeech } from '../../words.ts'
import { type Filled, lettersOf, OWN_PACK, type Typed } from './telling-draft.ts'
import { WhyHere, type WhyNot } from './telling-refusal.tsx'

const TEXT_LENGTH_MAX = 5_000
const BODY_LENGTH_MAX = 200

type Props = Readonly<{
  page: CasePage
  filled: Filled
  type: (typed: Typed) => void
  refusal: WhyNot | undefined
  isAhead: boolean
}>

/** The letter that goes with a telling: which one, and what it says beside what the case knows. */
export function LetterFields({ page, filled, type, refusal, isAhead }: Props) {
  const { w, language } = useSpeech()
  const asked = lettersOf(page, filled.about)
  const isFinal = filled.about === 'final.response'
  const why = { of: refusal, isAhead }
  if (!isFinal && asked.length === 0) return null
  const nameOf = ({ pack, letter }: Readonly<{ pack: string; letter: string }>) => JSON.stringify([pack, letter])
  const none = isFinal ? { pack: OWN_PACK, letter: 'final_response' } : { pack: '', letter: 'acknowledgement' }
  const options = [
    ...asked.map((one) => ({ ...one, words: `${letterWords[language].titles[one.letter]} (${one.name})` })),
    { ...none, words: isFinal ? w.tellings.ownLetter : w.tellings.letterNone },
  ]
  const text = (name: 'found' | 'done') => (
    <>
      <Field label={w.tellings[name]}>
        {(field) => (
          <textarea
            {...field}
            lang={filled.language}
            rows={3}
            maxLength={TEXT_LENGTH_MAX}
            value={filled[name]}
            onChange={({ target }) => type({ [name]: target.value })}
          />
        )}
      </Field>
      <WhyHere at={`/letter/${name}`} {...why} />
    </>
  )
  return (
    <>
      <Field label={w.tellings.letter}>
        {(field) => (
          <select
            {...field}
            value={nameOf(filled)}
            onChange={({ target }) => {
              const found = options.find((one) => nameOf(one) === target.value) ?? none
              type({ pack: found.pack, letter: found.letter })
            }}
          >
            {options.map((one) => (
              <option key={nameOf(one)} value={nameOf(one)}>
                {one.words}
              </option>
            ))}
          </select>
        )}
      </Field>
      <WhyHere at={['letter', '/letter/letter', '/letter/pack']} {...why} />
      {isFinal ? (
        <>
          {text('found')}
          {text('done')}
          <Field label={w.tellings.body} hint={w.tellings.bodyHint}>
            {(field) => (
              <input
                {...field}
                maxLength={BODY_LENGTH_MAX}
                value={filled.body}
                onChange={({ target }) => type({ body: target.value })}
              />
            )}
          </Field>
          <WhyHere at="/letter/body" {...why} />
        </>
      ) : null}
    </>
  )
}
