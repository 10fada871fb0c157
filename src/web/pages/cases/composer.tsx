import { type FormEvent, useRef, useState } from 'react'
import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import type { CasePage } from '../../../contract/cases.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { useKeys } from '../../keyboard.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import type { ProtocolStep } from './protocol.tsx'
import { stepCommand } from './step-command.ts'
import { StepFields } from './step-fields.tsx'
import { StoryLines } from './story.tsx'
import { Tries } from './tries.tsx'
import { useWork, wasSlower } from './use-work.ts'

type Step = ProtocolStep['step']
type Props = Readonly<{
  page: CasePage
  chosen: Step | null
  choose: (step: Step | null) => void
  /** An amount taken from the proposal. */
  amount: number | null
}>

/** The one thing to do next, with what it asks for, and why it would be refused. */
export function Composer({ page, chosen, choose, amount }: Props) {
  const { w, language } = useSpeech()
  const work = useWork()
  const form = useRef<HTMLFormElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [said, setSaid] = useState('')
  const [seen, setSeen] = useState<number | null>(null)
  const next = page.steps.find((one) => one.step === chosen) ?? page.steps.find(({ standing }) => standing === 'next')
  const { steps } = caseWords[language]
  useKeys({ e: () => stepDone(form.current) })
  if (next === undefined) return <p className="soft">{w.cases.closed}</p>
  const send = (command: CaseCommandWish, words: string) => {
    setSaid('')
    setSeen(page.story.length)
    // What is typed belongs to this step, whatever others do meanwhile.
    choose(next.step)
    work.mutate(
      { id: page.id, revision: page.revision, command },
      {
        onSuccess: (answer) => {
          setSaid('approval' in answer ? w.approvals.asked : words)
          choose(null)
          heading.current?.focus()
        },
      },
    )
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    send(stepCommand(next.step, typed, page.currency ?? page.firmCurrency), w.cases.done(steps[next.step]))
  }
  return (
    <section className="composer" aria-labelledby="composer-title">
      <h2 id="composer-title" ref={heading} tabIndex={-1}>
        {steps[next.step]}
      </h2>
      <form key={next.step} ref={form} onSubmit={submit} onInput={() => choose(next.step)}>
        <StepFields step={next.step} page={page} amount={amount} />
        {next.refusal === null ? null : (
          <p className="soft" id="composer-why">
            <span className="strong">{w.cases.refusedNow}</span> {next.refusal.sentence}
          </p>
        )}
        {work.isError ? <WorkRefusal error={work.error} page={page} seen={seen} /> : null}
        <div className="row">
          <button
            type="submit"
            className="btn primary"
            aria-describedby={next.refusal === null ? undefined : 'composer-why'}
          >
            {w.cases.doStep(steps[next.step])} <kbd>e</kbd>
          </button>
          <span role="status" className="soft">
            {said}
          </span>
        </div>
      </form>
      {next.step === 'confirm' || next.step === 'close' ? (
        <Tries count={page.tries.length} send={(channel) => send({ kind: 'try to reach', channel }, w.cases.saved)} />
      ) : null}
    </section>
  )
}

/** The key of "step done": goes to the first thing that the step asks; from there, or where nothing is asked, it sends. */
function stepDone(form: HTMLFormElement | null): void {
  if (form === null) return
  const field = form.querySelector<HTMLElement>('input, select, textarea')
  if (field === null || form.contains(document.activeElement)) form.requestSubmit()
  else field.focus()
}

/** Why it was refused; of what somebody faster did, the lines that are new. */
function WorkRefusal({ error, page, seen }: Readonly<{ error: unknown; page: CasePage; seen: number | null }>) {
  const { w } = useSpeech()
  if (!wasSlower(error)) return <Refusal error={error} />
  const fresh = page.story.slice(seen ?? page.story.length)
  return (
    <div className="refusal" role="alert">
      <p className="strong">{w.cases.faster}</p>
      <p>{w.cases.fasterText}</p>
      {fresh.length === 0 ? <p>{w.cases.fasterDesk}</p> : <StoryLines lines={fresh} />}
    </div>
  )
}
