import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { useSpeech } from '../words.ts'
import { Refusal } from './states.tsx'

type Props<Rules, Trial> = Readonly<{
  rules: Rules
  title: string
  text: string
  button: string
  /** Why there is nothing to try; undefined where there is. */
  waits: string | undefined
  attempt: (rules: Rules) => Promise<Trial>
  children: (trial: Trial) => ReactNode
}>

/** Rules as they stand in the form, tried on what happened: when the form moves on, the result is no longer shown. */
export function TryRules<Rules, Trial>({ rules, title, text, button, waits, attempt, children }: Props<Rules, Trial>) {
  const { w } = useSpeech()
  const id = useId()
  const [tried, setTried] = useState<Readonly<{ rules: Rules; trial: Trial }>>()
  const trying = useMutation({
    mutationFn: attempt,
    onSuccess: (trial, of) => setTried({ rules: of, trial }),
  })
  const isHeld = waits !== undefined || trying.isPending
  return (
    <section aria-labelledby={`${id}-title`} className="band">
      <h2 id={`${id}-title`}>{title}</h2>
      <p className="soft measure">{text}</p>
      <div className="row">
        <button
          type="button"
          className="btn"
          aria-disabled={isHeld}
          aria-describedby={waits === undefined ? undefined : `${id}-waits`}
          onClick={() => (isHeld ? undefined : trying.mutate(rules))}
        >
          {button}
        </button>
        {waits === undefined ? null : (
          <span className="soft" id={`${id}-waits`}>
            {waits}
          </span>
        )}
      </div>
      <div aria-live="polite">
        {trying.isPending ? <p className="soft">{w.asking.trying}</p> : null}
        {trying.isError ? <Refusal error={trying.error} /> : null}
        {tried?.rules === rules ? children(tried.trial) : null}
      </div>
    </section>
  )
}
