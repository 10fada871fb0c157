import type { PolicyTrial } from '../../../contract/decide.ts'
import { Heads } from '../../parts/heads.tsx'
import { TrialCustomers } from '../../parts/trial-customers.tsx'
import { useSpeech } from '../../words.ts'

type Props = Readonly<{ trial: PolicyTrial; days: number }>

/** What changed rules would have said of the messages that were sent, against what the live ones say. */
export function Trial({ trial, days }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const { newlyBlocked, newlyAllowed, newlyBlockedShare: share } = trial
  if (trial.messages === 0) return <p className="md">{w.policy.leadNone(days)}</p>
  return (
    <div className="trial">
      <p className="md">{w.policy.tried(trial.messages, trial.blockedByLive, trial.blockedByChanged, days)}</p>
      <p className="md">
        {newlyBlocked + newlyAllowed === 0 ? (
          w.policy.same
        ) : (
          <>
            <b>{w.policy.moreBlocked(newlyBlocked)}</b>
            {share === null ? null : (
              <>
                {' '}
                {speech.percent(share.value)} <span className="interval">{speech.percentInterval(share, 95)}</span>
              </>
            )}
            {'; '}
            <b>{w.policy.moreAllowed(newlyAllowed)}</b>
          </>
        )}
      </p>
      {trial.sampled < trial.customers ? (
        <p className="quiet">{w.policy.sample(trial.sampled, trial.customers)}</p>
      ) : null}
      <ByRule trial={trial} />
      {trial.differing.length === 0 ? null : <Differing trial={trial} />}
    </div>
  )
}

function ByRule({ trial }: Pick<Props, 'trial'>) {
  const speech = useSpeech()
  const { w } = speech
  if (trial.byRule.length === 0) return null
  return (
    <>
      <h3>{w.policy.byRule}</h3>
      <p className="quiet xs">{w.policy.byRuleNote}</p>
      <table className="narrow">
        <Heads heads={[w.policy.ruleName, { name: w.policy.messages, kind: 'num' }]} />
        <tbody>
          {trial.byRule.map(({ rule, messages }) => (
            <tr key={rule}>
              <td>{w.policy.rule[rule].name}</td>
              <td className="num">{speech.count(messages)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Differing({ trial }: Pick<Props, 'trial'>) {
  const { w } = useSpeech()
  const word = (allowed: boolean) => (allowed ? w.policy.allowed : w.policy.blocked)
  const all = trial.newlyBlocked + trial.newlyAllowed
  return (
    <TrialCustomers
      title={w.policy.differing}
      shown={trial.differing.length < all ? w.policy.differingShown(trial.differing.length) : null}
      heads={[w.policy.customer, w.policy.sent, w.policy.live, w.policy.changed, w.policy.because]}
      lines={trial.differing.map((one) => ({
        ...{ of: one.offer, customer: one.customer, at: one.at },
        cells: [
          word(one.allowedByLive),
          word(one.allowedByChanged),
          one.rules.map((rule) => w.policy.rule[rule].name).join(', '),
        ],
      }))}
    />
  )
}
