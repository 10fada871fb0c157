import type { CasePage } from '../../../contract/cases.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { workingSpan } from '../../case-time.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { type Speech, useSpeech } from '../../words.ts'

export type ProtocolStep = CasePage['steps'][number]

type Props = Readonly<{
  page: CasePage
  chosen: ProtocolStep['step'] | null
  choose: (step: ProtocolStep['step']) => void
}>

/** The steps in their order: what is done, what runs and how long it has, what skipping costs, and why not yet. */
export function Protocol({ page, chosen, choose }: Props) {
  const speech = useSpeech()
  const { w, language } = speech
  const may = useMay()
  return (
    <section>
      <div className="section-head">
        <h2>{w.cases.protocol}</h2>
        <span className="grow" />
        <span className="quiet xs">{w.cases.skipping}</span>
      </div>
      <ol className="protocol">
        {page.steps.map((one) => {
          const name = caseWords[language].steps[one.step]
          const isOpen = !isOver(one) && may('cases.work')
          const isCurrent = chosen === null ? one.standing === 'next' : chosen === one.step
          const skipped = one.costs.find(({ how }) => how === 'skipped')
          return (
            <li key={one.step} aria-current={isCurrent ? 'step' : undefined}>
              <Mark standing={one.standing} />
              {isOpen ? (
                <button type="button" className="q" onClick={() => choose(one.step)}>
                  {name}
                </button>
              ) : (
                <span>{name}</span>
              )}
              <Clock of={one} speech={speech} />
              <span className="num quiet xs">
                {skipped === undefined || isOver(one)
                  ? null
                  : `${speech.money(skipped.valueMinor.value, page.firmCurrency)}, ${speech.moneyInterval(skipped.valueMinor, page.firmCurrency)}`}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

// Nothing can be done about a step that was done, or that the case was closed without.
const isOver = ({ standing }: ProtocolStep): boolean => standing === 'done' || standing === 'skipped'

function Clock({ of, speech }: Readonly<{ of: ProtocolStep; speech: Speech }>) {
  const { w } = speech
  const words = clockWords(of, speech)
  const isLate = of.clock !== null && of.clock.lateMinutes > 0
  return (
    <span className={isLate ? 'harm' : 'soft'}>
      {words}
      {of.standing === 'done' || of.clock?.dueAt == null ? null : (
        <span className="quiet xs"> {w.cases.due(speech.dueTime(at(of.clock.dueAt)))}</span>
      )}
    </span>
  )
}

function clockWords({ standing, doneAt, notBefore, clock }: ProtocolStep, speech: Speech): string {
  const { w } = speech
  if (doneAt !== null) {
    const when = speech.dayTime(at(doneAt))
    return clock?.state === 'met late' ? w.cases.doneLate(when) : when
  }
  if (clock === null)
    return notBefore === null ? w.cases.standing[standing] : w.cases.notBefore(speech.dayTime(at(notBefore)))
  if (clock.state === 'paused') return w.cases.paused
  if (clock.lateMinutes > 0) return w.cases.workingLate(workingSpan(speech, clock.lateMinutes))
  return w.cases.working(workingSpan(speech, clock.remainingMinutes))
}

/** Done is a filled tick, now a dotted ring, everything else a ring: the shape says it too. */
function Mark({ standing }: Readonly<{ standing: ProtocolStep['standing'] }>) {
  const { w } = useSpeech()
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" role="img" aria-label={w.cases.standing[standing]}>
      {standing === 'done' ? (
        <>
          <circle cx="7" cy="7" r="6" fill="var(--repair)" />
          <path d="M4.3 7.3l1.9 1.9 3.6-4.1" fill="none" stroke="var(--surface)" strokeWidth="1.6" />
        </>
      ) : (
        <circle cx="7" cy="7" r="5.2" fill="none" stroke="var(--control)" strokeWidth="1.4" />
      )}
      {standing === 'next' ? <circle cx="7" cy="7" r="2.2" fill="var(--ink)" /> : null}
    </svg>
  )
}
