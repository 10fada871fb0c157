import { useState } from 'react'
import { startInWords } from '../../../contract/regime-words.ts'
import type { AppliedPack, CaseRules } from '../../../core/cases/case-rules.ts'
import type { RegimePack, RegimeStep } from '../../../core/cases/regime-pack.ts'
import { startsOf } from '../../../core/cases/regime-starts.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { Choice, Tick } from '../../parts/rule-inputs.tsx'
import type { Editing } from '../../parts/rule-set.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Loaded } from '../../parts/states.tsx'
import { timeOf } from '../../rules-told.ts'
import { useRegimes } from '../../use-regimes.ts'
import { type Speech, useSpeech } from '../../words.ts'

type Props = Editing<CaseRules>

/** The packs of duties and rights, each with where it is from, and whether it is in force here. */
export function Regimes({ policy, change }: Props) {
  const { w } = useSpeech()
  const packs = useRegimes()
  return (
    <section aria-labelledby="regimes-title" className="band">
      <h2 id="regimes-title">{w.playbooks.regimes}</h2>
      <p className="soft measure">{w.playbooks.regimesText}</p>
      <Loaded query={packs}>
        {(list) => (
          <div className="outbox">
            {list.packs.map((pack) => (
              <Pack key={pack.id} pack={pack} policy={policy} change={change} />
            ))}
          </div>
        )}
      </Loaded>
    </section>
  )
}

type PackProps = Omit<Props, 'refused'> & Readonly<{ pack: RegimePack }>

function Pack({ pack, policy, change }: PackProps) {
  const { w } = useSpeech()
  const p = w.playbooks
  const [open, setOpen] = useState(false)
  const isInForce = policy.packs.some((one) => one.pack === pack.id)
  const count = pack.openQuestions.length
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="two-parts">
        <span>
          <b>{pack.name}</b> <span className="quiet">{pack.jurisdiction}</span>
        </span>
        <span className="quiet">
          {isInForce ? <span className="tag">{p.inForce}</span> : p.notInForce}, {pack.law ? p.law : p.noLaw}
          {count === 0 ? null : `, ${p.openCount(count)}`}
        </span>
      </summary>
      {open ? (
        <div className="whole">
          <p>
            {p.appliesTo}: <span>{pack.appliesTo}</span>
          </p>
          <Applied pack={pack} policy={policy} change={change} />
          <StepTable pack={pack} policy={policy} />
          {count === 0 ? null : (
            <>
              <h3>{p.openQuestions}</h3>
              <ul>
                {pack.openQuestions.map((question) => (
                  <li key={question}>{question}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      ) : null}
    </details>
  )
}

function Applied({ pack, policy, change }: PackProps) {
  const { w, language } = useSpeech()
  const p = w.playbooks
  const events = startsOf(pack.steps)
  const first = events[0]
  if (first === undefined) return null
  const applied = policy.packs.find((one) => one.pack === pack.id)
  const others = policy.packs.filter((one) => one.pack !== pack.id)
  const put = (part: Partial<AppliedPack>) =>
    change({ packs: [...others, { pack: pack.id, event: first, categories: [], ...applied, ...part }] })
  return (
    <div className="row ticks">
      <Tick
        label={p.apply(pack.name)}
        on={applied !== undefined}
        onChange={(on) => (on ? put({}) : change({ packs: others }))}
      />
      {applied === undefined ? null : (
        <>
          <span>
            <span aria-hidden="true">{p.startsWith} </span>
            <Choice
              label={`${p.startsWith}: ${pack.name}`}
              value={applied.event}
              all={[...new Set([applied.event, ...events])]}
              names={Object.fromEntries(
                [applied.event, ...events].map((event) => [event, startInWords(language, event)]),
              )}
              onChange={(event) => put({ event })}
            />
          </span>
          <label>
            {p.onlyFor}{' '}
            <input
              className="plain-input"
              defaultValue={applied.categories.join(', ')}
              onChange={({ target }) =>
                put({
                  categories: target.value
                    .split(',')
                    .map((one) => one.trim())
                    .filter((one) => one !== ''),
                })
              }
            />
          </label>
        </>
      )}
    </div>
  )
}

function StepTable({ pack, policy }: Readonly<{ pack: RegimePack; policy: CaseRules }>) {
  const speech = useSpeech()
  const { w } = speech
  const p = w.playbooks
  return (
    <Scroll label={pack.name}>
      <table>
        <Heads heads={[p.step, p.duty, p.starts, p.deadline, p.source]} />
        <tbody>
          {pack.steps.map((step) => {
            const length = policy.lengths[pack.id]?.[step.id]
            return (
              <tr key={step.id}>
                <td>{step.name}</td>
                <td>{p.duties[step.duty]}</td>
                <td>{startInWords(speech.language, step.starts)}</td>
                <td>
                  {deadlineText(step, speech)}
                  {length === undefined ? null : (
                    <b>
                      : {length.kind === 'minutes' ? timeOf(speech, length.minutes) : p.units(length.unit, length.n)}
                    </b>
                  )}
                  {step.alsoSeen.length === 0 ? null : (
                    <span className="quiet xs">
                      {' '}
                      {p.alsoSeen(step.alsoSeen.map(({ unit, n }) => p.units(unit, n)).join(', '))}
                    </span>
                  )}
                </td>
                <td className="source">
                  {step.source.title}
                  <span className="quiet xs">
                    {' '}
                    {p.sure[step.source.sure]}, {p.noted(speech.fullDay(at(`${step.source.notedOn}T12:00:00Z`)))}
                  </span>
                  {step.source.note === null ? null : <span className="quiet xs">; {step.source.note}</span>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroll>
  )
}

function deadlineText({ deadline }: RegimeStep, { w }: Speech): string {
  const p = w.playbooks
  switch (deadline.kind) {
    case 'period':
      return p.units(deadline.unit, deadline.n)
    case 'window':
      return p.window(p.units(deadline.unit, deadline.fromN), p.units(deadline.unit, deadline.toN))
    default:
      return p.terms[deadline.kind]
  }
}
