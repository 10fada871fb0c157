import type { CasePage } from '../../../contract/cases.ts'
import { at } from '../../dates.ts'
import { instantOfWall, wallOfInstant } from '../../wall-time.ts'
import { useSpeech } from '../../words.ts'
import type { Noted, PromiseNote } from './promise-notes.ts'
import { isFirstApology } from './telling-draft.ts'
import { WhyHere, type WhyNot } from './telling-refusal.tsx'

type Refused = Readonly<{ refusal: WhyNot | undefined; isAhead: boolean }>
type Props = Refused &
  Readonly<{ noted: Noted; owner: string; lang: string; note: (place: number, said: Partial<PromiseNote>) => void }>

/** The promises that a text makes: what, by when, and who answers for it; each may be said to be none. */
export function PromiseList({ noted, owner, lang, note, refusal, isAhead }: Props) {
  const { w, timeZone } = useSpeech()
  const entered = noted.notes.filter(({ isNone }) => !isNone).length
  return (
    <section className="found" aria-label={w.tellings.promises}>
      <p role="status">
        {entered === 0 ? w.tellings.promisesNone : w.tellings.promisesFound(entered, owner)}
        {noted.notes.length === 0 ? null : <span className="quiet xs"> {w.timeIn(timeZone)}</span>}
      </p>
      {noted.notes.length === 0 ? null : (
        <ul>
          {noted.notes.map((one, place) => (
            <PromiseRow key={`${one.start} ${one.phrase}`} of={one} lang={lang} say={(said) => note(place, said)} />
          ))}
        </ul>
      )}
      <WhyHere at="promises" of={refusal} isAhead={isAhead} />
    </section>
  )
}

type RowProps = Readonly<{ of: PromiseNote; lang: string; say: (said: Partial<PromiseNote>) => void }>

function PromiseRow({ of, lang, say }: RowProps) {
  const speech = useSpeech()
  const { w, timeZone } = speech
  const read = of.due === null ? '' : wallOfInstant(at(of.due), timeZone)
  const due = of.dueTyped ?? read
  const dueAt = instantOfWall(due, timeZone)
  return (
    <li className={of.isNone ? 'quiet' : undefined}>
      <span lang={lang} className="anywhere">
        {of.what}
      </span>
      {of.isNone ? null : (
        <label className="field">
          <span>{w.tellings.due}</span>
          <input
            type="datetime-local"
            value={due}
            aria-label={`${w.tellings.due}: ${of.phrase}`}
            onChange={({ target }) => say({ dueTyped: target.value })}
          />
          <span className="hint">
            {dueAt === undefined ? null : speech.dayTime(at(dueAt))}
            {read !== '' && due !== read && of.due !== null
              ? ` ${w.tellings.textSays(speech.dayTime(at(of.due)))}`
              : null}
          </span>
        </label>
      )}
      <label className="row">
        <input
          type="checkbox"
          aria-label={`${w.tellings.noPromise}: ${of.phrase}`}
          checked={of.isNone}
          onChange={({ target }) => say({ isNone: target.checked })}
        />{' '}
        {w.tellings.noPromise}
      </label>
    </li>
  )
}

type ApologyProps = Refused &
  Readonly<{
    page: CasePage
    count: number
    apologisedAt: string | null
    isMeant: boolean
    mean: (isMeant: boolean) => void
  }>

/** How often a text apologises: once is right, where the firm is at fault and has not done so. */
export function Apology({ page, count, apologisedAt, isMeant, mean, refusal, isAhead }: ApologyProps) {
  const speech = useSpeech()
  const { w } = speech
  const isFirst = isFirstApology(page)
  const made = apologisedAt === null ? null : w.tellings.apologyMade(speech.day(at(apologisedAt)))
  return (
    <section className="found" aria-label={w.cases.specific}>
      <p role="status">
        {count === 0 ? w.tellings.apologyNone : `${w.tellings.apologies(count)}.`}{' '}
        <span className={count > 1 || (count > 0 && !isFirst) ? 'harm' : undefined}>
          {count > 1 ? w.tellings.apologyMany : null} {made}{' '}
          {count > 0 && page.atFault !== 'firm' ? w.tellings.apologyNotOurs : null}
        </span>
      </p>
      {count === 0 ? null : (
        <label className="row">
          <input type="checkbox" checked={isMeant} onChange={({ target }) => mean(target.checked)} />{' '}
          {isFirst ? w.tellings.apologyCounts : w.tellings.apologyAgain}
        </label>
      )}
      <WhyHere at="apology" of={refusal} isAhead={isAhead} />
    </section>
  )
}
