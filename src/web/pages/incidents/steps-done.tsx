import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkStepView, IncidentPage } from '../../../contract/incidents.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** What was done for all, newest first: how far, by whom, what was skipped and why, and the way back. */
export function StepsDone({ of }: Readonly<{ of: IncidentPage }>) {
  const { w } = useSpeech()
  if (of.steps.length === 0) return null
  return (
    <section>
      <h2>{w.incidents.done}</h2>
      <ul className="plain steps-done">
        {of.steps.map((step) => (
          <StepLine key={step.id} incident={of.id} of={step} currency={of.currency} />
        ))}
      </ul>
    </section>
  )
}

type LineProps = Readonly<{ incident: string; of: BulkStepView; currency: string }>

function StepLine({ incident, of, currency }: LineProps) {
  const speech = useSpeech()
  const { w, language } = speech
  const words = w.incidents
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (what: 'undo' | 'agree' | 'disagree') =>
      what === 'undo'
        ? api.undoIncidentStep(incident, of.id)
        : api.answerIncidentStep(incident, of.id, what === 'agree'),
    onSettled: () => client.invalidateQueries({ queryKey: ['incident', incident] }),
  })
  const total = of.done + of.skipped + of.waiting
  const sum = of.totalMinor > 0 ? [speech.money(of.totalMinor, currency)] : []
  const button = (what: 'undo' | 'agree' | 'disagree', name: string) => (
    <button type="button" className="btn" disabled={act.isPending} onClick={() => act.mutate(what)}>
      {name}
    </button>
  )
  return (
    <li>
      <p>
        <b>{nameOf(of, words, w.incidents.reach, caseWords[language].steps)}</b>{' '}
        <span className={of.state === 'stopped' || of.state === 'refused' ? 'harm' : 'soft'}>
          {words.states[of.state]}
        </span>
      </p>
      {of.state === 'running' ? (
        <div
          className="progress"
          role="progressbar"
          aria-label={words.states.running}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={total - of.waiting}
        >
          <i style={{ width: `${total === 0 ? 0 : (100 * (total - of.waiting)) / total}%` }} />
        </div>
      ) : null}
      <p className="quiet xs">
        {[words.counts(of.done, of.skipped, of.waiting), ...sum, of.by, speech.dayTime(at(of.askedAt))].join(' · ')}
      </p>
      {act.isError ? <Refusal error={act.error} /> : null}
      {of.undoUntil !== null || of.mayAnswer ? (
        <div className="row">
          {of.undoUntil === null ? null : button('undo', w.undo)}
          {of.mayAnswer ? button('agree', words.agree) : null}
          {of.mayAnswer ? button('disagree', words.disagree) : null}
        </div>
      ) : null}
      {of.skipped === 0 ? null : <Skipped incident={incident} step={of.id} />}
    </li>
  )
}

function nameOf(
  { kind }: BulkStepView,
  words: ReturnType<typeof useSpeech>['w']['incidents'],
  tryToReach: string,
  steps: (typeof caseWords)['en']['steps'],
): string {
  if (kind === 'add' || kind === 'undo') return words.steps[kind]
  return kind === 'try to reach' ? tryToReach : steps[kind]
}

function Skipped({ incident, step }: Readonly<{ incident: string; step: string }>) {
  const { w } = useSpeech()
  const [open, setOpen] = useState(false)
  const items = useQuery({
    queryKey: ['incident-step', step],
    queryFn: () => api.incidentStep(incident, step),
    enabled: open,
  })
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{w.incidents.skipped}</summary>
      {open ? (
        <Loaded query={items}>
          {(data) => (
            <ul className="plain">
              {data.items.map(({ customer, sentence }) => (
                <li key={customer} className="anywhere">
                  {customer}: <span className="soft">{sentence}</span>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      ) : null}
    </details>
  )
}
