import { useQuery } from '@tanstack/react-query'
import type { CaseTrial } from '../../../contract/case-rules.ts'
import type { CaseRules } from '../../../core/cases/case-rules.ts'
import { api } from '../../api.ts'
import { categoryName } from '../../category.ts'
import { useMay } from '../../may.ts'
import { Heads } from '../../parts/heads.tsx'
import { TrialCustomers } from '../../parts/trial-customers.tsx'
import { TryRules } from '../../parts/try-rules.tsx'
import { useSpeech } from '../../words.ts'

const DAYS = 30

/** The rules as they stand in the form: how many more or fewer cases they would have opened, and how bad. */
export function OpeningTrial({ rules }: Readonly<{ rules: CaseRules }>) {
  const { w } = useSpeech()
  const p = w.playbooks
  const may = useMay()
  if (!may('playbooks.edit')) return null
  return (
    <TryRules
      rules={rules}
      title={p.tryTitle}
      text={p.tryText(DAYS)}
      button={p.tryButton}
      waits={undefined}
      attempt={(of) => api.tryCaseRules(of, DAYS)}
    >
      {(trial) => <Result trial={trial} />}
    </TryRules>
  )
}

function Result({ trial }: Readonly<{ trial: CaseTrial }>) {
  const speech = useSpeech()
  const { w } = speech
  const p = w.playbooks
  const status = useQuery({ queryKey: ['status'], queryFn: api.status })
  const isSame = trial.opened + trial.missing + trial.otherwise === 0
  return (
    <div className="trial">
      {status.data?.simulated === true ? <p className="soft measure">{p.triedSimulated}</p> : null}
      <p className="md">
        <b>{p.tried(trial.changed - trial.live, trial.changed, trial.live)}</b>{' '}
        {isSame ? p.triedSame : p.triedOf(trial.opened, trial.missing, trial.otherwise)}
      </p>
      {trial.sampled < trial.customers ? (
        <p className="quiet">{w.asking.sampled(trial.sampled, trial.customers)}</p>
      ) : null}
      {trial.changed + trial.live === 0 ? null : <Counts trial={trial} />}
      {trial.differing.length === 0 ? null : <Differing trial={trial} />}
    </div>
  )
}

function Counts({ trial }: Readonly<{ trial: CaseTrial }>) {
  const speech = useSpeech()
  const { w } = speech
  const p = w.playbooks
  const rows = [
    ...trial.byRule.map((one) => ({ name: p.openingRules[one.rule].name, ...one })),
    ...trial.bySeverity.map((one) => ({ name: `${p.severity}: ${w.severities[one.severity]}`, ...one })),
  ].filter(({ live, changed }) => live + changed > 0)
  return (
    <table className="narrow">
      <Heads heads={[p.opening, { name: w.policy.live, kind: 'num' }, { name: w.policy.changed, kind: 'num' }]} />
      <tbody>
        {rows.map(({ name, live, changed }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="num">{speech.count(live)}</td>
            <td className="num">{speech.count(changed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Differing({ trial }: Readonly<{ trial: CaseTrial }>) {
  const { w } = useSpeech()
  const p = w.playbooks
  const all = trial.opened + trial.missing + trial.otherwise
  const word = (severity: CaseTrial['differing'][number]['live']) =>
    severity === null ? p.opensNot : w.severities[severity]
  return (
    <TrialCustomers
      title={w.policy.differing}
      shown={trial.differing.length < all ? w.policy.differingShown(trial.differing.length) : null}
      heads={[w.policy.customer, p.happened, p.category, w.policy.live, w.policy.changed]}
      lines={trial.differing.map((one) => ({
        ...{ of: one.rule, customer: one.customer, at: one.at },
        cells: [categoryName(w, one.category), word(one.live), word(one.changed)],
      }))}
    />
  )
}
