import { type FormEvent, type RefObject, useState } from 'react'
import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import type { CasePage } from '../../../contract/cases.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { useSpeech } from '../../words.ts'
import type { ProtocolStep } from './protocol.tsx'
import { stepCommand } from './step-command.ts'
import { StepFields } from './step-fields.tsx'
import { Tries } from './tries.tsx'
import { useWork } from './use-work.ts'
import { WorkRefusal } from './work-refusal.tsx'

type Props = Readonly<{
  page: CasePage
  next: ProtocolStep
  amount: number | null
  isPrimary: boolean
  form: RefObject<HTMLFormElement | null>
  /** Keeps the step on the screen, whatever others do meanwhile. */
  pin: () => void
  done: (words: string) => void
}>

/** A step as it is noted: what it asks for, and why it would be refused. */
export function StepForm({ page, next, amount, isPrimary, form, pin, done }: Props) {
  const { w, language, timeZone } = useSpeech()
  const work = useWork()
  const [seen, setSeen] = useState<number | null>(null)
  const { steps } = caseWords[language]
  const send = (command: CaseCommandWish, words: string) => {
    setSeen(page.story.length)
    pin()
    work.mutate(
      { id: page.id, revision: page.revision, command },
      { onSuccess: (answer) => done('approval' in answer ? w.approvals.asked : words) },
    )
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const place = { currency: page.currency ?? page.firmCurrency, timeZone }
    send(stepCommand(next.step, typed, place), w.cases.done(steps[next.step]))
  }
  return (
    <>
      <form ref={form} onSubmit={submit} onInput={pin}>
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
            className={isPrimary ? 'btn primary' : 'btn'}
            aria-describedby={next.refusal === null ? undefined : 'composer-why'}
          >
            {w.cases.doStep(steps[next.step])} <kbd>e</kbd>
          </button>
        </div>
      </form>
      {next.step === 'confirm' || next.step === 'close' ? (
        <Tries count={page.tries.length} send={(channel) => send({ kind: 'try to reach', channel }, w.cases.saved)} />
      ) : null}
    </>
  )
}
