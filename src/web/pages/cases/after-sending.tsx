import type { TellingPreview } from '../../../contract/case-tellings.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { at } from '../../dates.ts'
import { type Speech, useSpeech } from '../../words.ts'

type Props = Readonly<{
  of: TellingPreview
  isMail: boolean
  /** When the promises of the text come due, and those that the ledger holds already. */
  dues: readonly string[]
  promised: readonly string[]
  /** Until when a choice is open; null where none is offered. */
  openUntil: string | null
}>

/** What follows from sending: the step that is done and the clocks that start, what is due first, what she hears next. */
export function AfterSending({ of, isMail, dues, promised, openUntil }: Props) {
  const speech = useSpeech()
  const { w, language } = speech
  const { after } = of
  if (after === null) return null
  const { steps } = caseWords[language]
  const owed = after.owed.filter(({ dueAt }) => dueAt !== null).toSorted((a, b) => (dueOf(a) < dueOf(b) ? -1 : 1))
  const due = openUntil ?? owed[0]?.dueAt ?? null
  return (
    <section aria-labelledby="after-sending">
      <h3 id="after-sending">{isMail ? w.tellings.after : w.tellings.afterNote}</h3>
      <ol className="after-sending">
        <li>
          <p className="strong">{w.tellings.atOnce}</p>
          <p>
            {[
              ...after.done.map((step) => w.cases.done(steps[step])),
              isMail ? w.tellings.mailGoes : w.tellings.isNoted,
              ...(dues.length === 0 ? [] : [w.tellings.entered(dues.length)]),
              ...(after.waitingFor === null ? [] : [w.tellings.waits[after.waitingFor]]),
            ].join(' ')}
          </p>
        </li>
        <li>
          <p className="strong">{due === null ? w.tellings.nothingOwed : speech.dueTime(at(due))}</p>
          <p>
            {openUntil === null
              ? owed
                  .filter(({ dueAt }) => dueAt === due)
                  .map(({ step }) => w.tellings.owed(steps[step]))
                  .join(' ')
              : w.tellings.choiceOver}
          </p>
        </li>
        {after.legal.length === 0 ? null : (
          <li>
            <p className="strong">{w.cases.legal}</p>
            <ul>
              {after.legal.map((one) => (
                <li key={`${one.pack} ${one.step}`}>{legalWords(one, speech)}</li>
              ))}
            </ul>
          </li>
        )}
        <li>
          <p className="strong">{w.tellings.hears}</p>
          <p>{nextWords(of, [...dues, ...promised], speech)}</p>
        </li>
      </ol>
    </section>
  )
}

const dueOf = ({ dueAt }: Readonly<{ dueAt: string | null }>): string => dueAt ?? ''

/** What the customer hears next: what was promised to her first, else the question that the case asks by itself. */
function nextWords({ until, after }: TellingPreview, dues: readonly string[], speech: Speech): string {
  const { w } = speech
  const promised = [...dues, ...(until === null ? [] : [until])].toSorted()[0]
  if (promised !== undefined) return w.tellings.hearsBy(speech.dayTime(at(promised)))
  const asks = after?.asks ?? null
  return asks === null ? w.tellings.hearsNothing : w.tellings.asks[asks.question](speech.dayTime(at(asks.from)))
}

type Legal = NonNullable<TellingPreview['after']>['legal'][number]

/** What the sending does to one deadline: met, begun, or as it was, with its letter where it takes one. */
function legalWords({ packName, name, kind, effect, letter, dueAt }: Legal, speech: Speech): string {
  const { legal } = speech.w.tellings
  const what = `${packName}: ${name}`
  if (kind === 'met' || dueAt === null) return legal.met(what)
  if (effect === 'right_opens') return legal.from(what, speech.dayTime(at(dueAt)))
  const when = speech.dueTime(at(dueAt))
  if (effect === 'right_ends') return legal.until[kind](what, when)
  return letter ? legal.letter(what, when) : legal.firm[kind](what, when)
}
