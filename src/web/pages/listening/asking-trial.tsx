import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { AskingTrial as Trial } from '../../../contract/asking-rules.ts'
import { type AskingRules, askingOccasions } from '../../../core/listening/asking-rules.ts'
import { listeningApi } from '../../api-listening.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { whyNot } from './why-not.ts'

const DAYS = 30

/** The rules as they stand in the form, tried on what happened in the last days. */
export function AskingTrial({ rules }: Readonly<{ rules: AskingRules }>) {
  const { w } = useSpeech()
  const a = w.asking
  const may = useMay()
  // The rules that were tried stand beside the result: when the form moves on, the result is no longer of it.
  const [tried, setTried] = useState<Readonly<{ rules: AskingRules; trial: Trial }>>()
  const attempt = useMutation({
    mutationFn: (of: AskingRules) => listeningApi.tryAskingRules(of, DAYS),
    onSuccess: (trial, of) => setTried({ rules: of, trial }),
  })
  if (!may('surveys.edit')) return null
  const isOff = askingOccasions.every((of) => !rules.rules[of].on)
  const current = tried?.rules === rules ? tried.trial : undefined
  return (
    <section aria-labelledby="try-title" className="band">
      <h2 id="try-title">{a.tryTitle}</h2>
      <p className="soft measure">{a.tryText(DAYS)}</p>
      <div className="row">
        <button
          type="button"
          className="btn"
          aria-disabled={isOff || attempt.isPending}
          aria-describedby={isOff ? 'try-off' : undefined}
          onClick={() => (isOff || attempt.isPending ? undefined : attempt.mutate(rules))}
        >
          {a.tryButton}
        </button>
        {isOff ? (
          <span className="soft" id="try-off">
            {a.tryNothing}
          </span>
        ) : null}
      </div>
      <div aria-live="polite">
        {attempt.isPending ? <p className="soft">{a.trying}</p> : null}
        {attempt.isError ? <Refusal error={attempt.error} /> : null}
        {current === undefined ? null : <Result trial={current} />}
      </div>
    </section>
  )
}

function Result({ trial }: Readonly<{ trial: Trial }>) {
  const speech = useSpeech()
  const a = speech.w.asking
  const sum = (of: 'asked' | 'occasions') => trial.byRule.reduce((so, one) => so + one[of], 0)
  return (
    <div className="trial">
      <p className="md">
        <b>{a.tried(sum('asked'), sum('occasions'))}</b>
      </p>
      {trial.sampled < trial.customers ? <p className="quiet">{a.sampled(trial.sampled, trial.customers)}</p> : null}
      {sum('occasions') === 0 ? null : <ByRule trial={trial} />}
      {trial.wouldAsk.length === 0 ? null : <WouldAsk trial={trial} />}
    </div>
  )
}

function ByRule({ trial }: Readonly<{ trial: Trial }>) {
  const speech = useSpeech()
  const a = speech.w.asking
  const numbers = [a.occasionsHead, a.asked, a.neverAsked].map((name) => ({ name, kind: 'num' as const }))
  return (
    <Scroll label={a.occasionsHead}>
      <table>
        <Heads heads={[a.rule, ...numbers, a.refused]} />
        <tbody>
          {trial.byRule.map(({ rule, occasions, asked, neverAsked, refused }) => (
            <tr key={rule}>
              <th scope="row">{a.occasions[rule].name}</th>
              <td className="num">{speech.count(occasions)}</td>
              <td className="num">{speech.count(asked)}</td>
              <td className="num">{speech.count(neverAsked)}</td>
              <td>{refused.map((one) => `${speech.count(one.count)} ${whyNot(speech, one.because)}`).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function WouldAsk({ trial }: Readonly<{ trial: Trial }>) {
  const speech = useSpeech()
  const { w } = speech
  const a = w.asking
  const all = trial.byRule.reduce((so, { asked }) => so + asked, 0)
  return (
    <>
      <h3>
        {a.wouldAsk}
        {trial.wouldAsk.length < all ? <span className="quiet">, {a.wouldAskShown(trial.wouldAsk.length)}</span> : null}
      </h3>
      <Scroll label={a.wouldAsk} className="scroll differing">
        <table>
          <Heads heads={[a.customer, a.when, a.rule, a.kind]} />
          <tbody>
            {trial.wouldAsk.map((one) => (
              <tr key={`${one.customer} ${one.rule} ${one.at}`}>
                <td>
                  <Link className="q mono" href={`/customers/${encodeURIComponent(one.customer)}`}>
                    {one.customer}
                  </Link>
                </td>
                <td className="nowrap">{speech.dayTime(at(one.at))}</td>
                <td>{a.occasions[one.rule].name}</td>
                <td>{w.listening.kinds[one.kind]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
