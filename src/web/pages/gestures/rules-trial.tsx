import type { GestureTrial } from '../../../contract/gesture-rules.ts'
import type { GestureRules } from '../../../core/gestures/gesture-rules.ts'
import { moments } from '../../../core/gestures/told-moment.ts'
import { gesturesApi } from '../../api-gestures.ts'
import { whyNoGesture } from '../../gesture-words.ts'
import { useMay } from '../../may.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { TrialCustomers } from '../../parts/trial-customers.tsx'
import { TryRules } from '../../parts/try-rules.tsx'
import { useSpeech } from '../../words.ts'

const DAYS = 365

/** The rules as they stand in the form, tried on what happened in the last year. */
export function RulesTrial({ rules }: Readonly<{ rules: GestureRules }>) {
  const g = useSpeech().w.gestures
  const may = useMay()
  if (!may('gestures.edit')) return null
  return (
    <TryRules
      rules={rules}
      title={g.tryTitle}
      text={g.tryText(DAYS)}
      button={g.tryButton}
      waits={moments.every((of) => !rules.rules[of].on) ? g.tryNothing : undefined}
      attempt={(of) => gesturesApi.tryRules(of, DAYS)}
    >
      {(trial) => <Result trial={trial} />}
    </TryRules>
  )
}

function Result({ trial }: Readonly<{ trial: GestureTrial }>) {
  const speech = useSpeech()
  const g = speech.w.gestures
  const sum = (of: 'given' | 'heldOut' | 'occasions' | 'costMinor') => trial.byRule.reduce((so, one) => so + one[of], 0)
  const cost = speech.money(sum('costMinor'), trial.currency)
  return (
    <div className="trial">
      <p className="md">
        <b>{g.tried(sum('given'), cost, sum('heldOut'), sum('occasions'))}</b>
      </p>
      {trial.sampled < trial.customers ? <p className="quiet">{g.sampled(trial.sampled, trial.customers)}</p> : null}
      {sum('occasions') === 0 ? null : <ByRule trial={trial} />}
      {trial.wouldGive.length === 0 ? null : <WouldGive trial={trial} all={sum('given')} />}
    </div>
  )
}

function ByRule({ trial }: Readonly<{ trial: GestureTrial }>) {
  const speech = useSpeech()
  const g = speech.w.gestures
  const numbers = [g.occasions, g.gave, g.heldOut, g.cost].map((name) => ({ name, kind: 'num' as const }))
  return (
    <Scroll label={`${g.tryTitle}, ${speech.w.table}`}>
      <table>
        <Heads heads={[g.rule, ...numbers, g.notGiven]} />
        <tbody>
          {trial.byRule.map(({ rule, occasions, given, heldOut, costMinor, refused }) => (
            <tr key={rule}>
              <th scope="row">{g.moments[rule]}</th>
              <td className="num">{speech.count(occasions)}</td>
              <td className="num">{speech.count(given)}</td>
              <td className="num">{speech.count(heldOut)}</td>
              <td className="num">{speech.money(costMinor, trial.currency)}</td>
              <td>
                {refused.map((one) => `${speech.count(one.count)} ${whyNoGesture(speech, one.because)}`).join('; ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function WouldGive({ trial, all }: Readonly<{ trial: GestureTrial; all: number }>) {
  const g = useSpeech().w.gestures
  return (
    <TrialCustomers
      title={g.would}
      shown={trial.wouldGive.length < all ? g.wouldShown(trial.wouldGive.length) : null}
      heads={[g.customer, g.when, g.rule, g.gesture]}
      lines={trial.wouldGive.map((one) => ({
        ...{ of: one.rule, customer: one.customer, at: one.at },
        cells: [g.moments[one.rule], g.kinds[one.gesture]],
      }))}
    />
  )
}
