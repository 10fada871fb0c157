import type { AskingTrial as Trial } from '../../../contract/asking-rules.ts'
import { type AskingRules, askingOccasions } from '../../../core/listening/asking-rules.ts'
import { listeningApi } from '../../api-listening.ts'
import { useMay } from '../../may.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { TrialCustomers } from '../../parts/trial-customers.tsx'
import { TryRules } from '../../parts/try-rules.tsx'
import { useSpeech } from '../../words.ts'
import { whyNot } from './why-not.ts'

const DAYS = 30

/** The rules as they stand in the form, tried on what happened in the last days. */
export function AskingTrial({ rules }: Readonly<{ rules: AskingRules }>) {
  const { w } = useSpeech()
  const a = w.asking
  const may = useMay()
  if (!may('surveys.edit')) return null
  return (
    <TryRules
      rules={rules}
      title={a.tryTitle}
      text={a.tryText(DAYS)}
      button={a.tryButton}
      waits={askingOccasions.every((of) => !rules.rules[of].on) ? a.tryNothing : undefined}
      attempt={(of) => listeningApi.tryAskingRules(of, DAYS)}
    >
      {(trial) => <Result trial={trial} />}
    </TryRules>
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
  const { w } = useSpeech()
  const a = w.asking
  const all = trial.byRule.reduce((so, { asked }) => so + asked, 0)
  return (
    <TrialCustomers
      title={a.wouldAsk}
      shown={trial.wouldAsk.length < all ? a.wouldAskShown(trial.wouldAsk.length) : null}
      heads={[a.customer, a.when, a.rule, a.kind]}
      lines={trial.wouldAsk.map((one) => ({
        ...{ of: one.rule, customer: one.customer, at: one.at },
        cells: [a.occasions[one.rule].name, w.listening.kinds[one.kind]],
      }))}
    />
  )
}
