import { useQuery } from '@tanstack/react-query'
import type { ContactPolicyPage, PolicyTrial } from '../../../contract/decide.ts'
import { type ContactPolicy, policyProblem } from '../../../core/contact/contact-policy.ts'
import { api } from '../../api.ts'
import { type DraftRules, useDraftRules } from '../../draft-rules.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { RulesFileBand } from '../../parts/rules-file.tsx'
import { Loaded } from '../../parts/states.tsx'
import { TrialTable } from '../../parts/trial-customers.tsx'
import { Versions } from '../../parts/versions.tsx'
import { differencesOf } from '../../policy-told.ts'
import { useSpeech } from '../../words.ts'
import { Ask } from './ask.tsx'
import { GoLive } from './go-live.tsx'
import { Rules } from './rules.tsx'
import { Suppression } from './suppression.tsx'

/** Rules are tried on what was sent in so many days. */
const TRIAL_DAYS = 30
/** A trial reads the logs of up to two thousand customers, so it is not asked again at every look. */
const TRIAL_FRESH_MS = 300_000

/** When customers may be contacted: what the rules do here, asking them, and changing them. */
export function PolicyPage() {
  const { w } = useSpeech()
  const page = useQuery({ queryKey: ['policy'], queryFn: api.contactPolicy })
  useKeys(rowKeys)
  return (
    <>
      <PageHead title={w.policy.title}>
        {page.data === undefined ? null : <span className="quiet">{w.policy.version(page.data.version)}</span>}
      </PageHead>
      <div className="body policy">
        <Loaded query={page}>{(loaded) => <Parts page={loaded} />}</Loaded>
      </div>
    </>
  )
}

function Parts({ page }: Readonly<{ page: ContactPolicyPage }>) {
  const speech = useSpeech()
  const may = useMay()
  const draft = useDraftRules('policy', page)
  const trial = useQuery({
    queryKey: ['policy-trial', page.version],
    queryFn: () => api.tryContactPolicy(page.policy, TRIAL_DAYS),
    staleTime: TRIAL_FRESH_MS,
  })
  const mayEdit = may('policy.edit')
  const restore: DraftRules<ContactPolicy>['fill'] = (policy, note) => {
    draft.fill(policy, note)
    document.getElementById('change')?.scrollIntoView()
  }
  return (
    <>
      <Loaded query={trial}>{(live) => <Lead trial={live} />}</Loaded>
      {may('policy.ask') ? <Ask /> : null}
      <Rules
        key={`${draft.from} ${draft.filled}`}
        policy={draft.policy}
        change={draft.change}
        mayEdit={mayEdit}
        trial={trial.data}
        days={TRIAL_DAYS}
      />
      {mayEdit ? <GoLive page={page} draft={draft} days={TRIAL_DAYS} /> : null}
      <Versions
        name="policy"
        versions={page.versions}
        mayEdit={mayEdit}
        read={api.contactPolicyVersion}
        differencesOf={(was, now) => differencesOf(was, now, speech)}
        restore={restore}
        restoreText={speech.w.policy.restoreText}
      />
      <RulesFileBand
        name="contact-policy"
        draft={draft}
        version={page.version}
        check={(policy) => api.tryContactPolicy(policy, TRIAL_DAYS)}
        mayEdit={mayEdit}
      />
      {may('policy.ask') ? <Suppression /> : null}
      {draft.changed ? <Unsaved page={page} draft={draft} /> : null}
    </>
  )
}

function Lead({ trial }: Readonly<{ trial: PolicyTrial }>) {
  const { w } = useSpeech()
  if (trial.messages === 0) {
    return (
      <>
        <p className="lead">{w.policy.leadNone(TRIAL_DAYS)}</p>
        <p className="soft">{w.policy.leadNoneText}</p>
      </>
    )
  }
  return (
    <>
      <p className="lead">{w.policy.lead(trial.messages, trial.blockedByLive, TRIAL_DAYS)}</p>
      {trial.sampled < trial.customers ? (
        <p className="quiet">{w.policy.sample(trial.sampled, trial.customers)}</p>
      ) : null}
      {trial.blocked.length === 0 ? null : (
        <details>
          <summary>
            {w.policy.toWhom}
            {trial.blocked.length < trial.blockedByChanged ? (
              <span className="quiet">, {w.policy.differingShown(trial.blocked.length)}</span>
            ) : null}
          </summary>
          <TrialTable
            title={w.policy.toWhom}
            heads={[w.policy.customer, w.policy.sent, w.policy.because]}
            lines={trial.blocked.map(({ offer, customer, at, rules }) => ({
              ...{ of: offer, customer, at },
              cells: [rules.map((rule) => w.policy.rule[rule].name).join(', ')],
            }))}
          />
        </details>
      )}
    </>
  )
}

/** The strip that stays in sight while rules are changed and not live. */
function Unsaved({ page, draft }: Readonly<{ page: ContactPolicyPage; draft: DraftRules<ContactPolicy> }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <aside className="unsaved" aria-label={w.policy.change}>
      <span className="strong" role="status">
        {w.policy.unsaved(differencesOf(page.policy, draft.policy, speech).length)}
      </span>
      <span className={policyProblem(draft.policy) === null ? 'quiet' : 'harm'}>
        {policyProblem(draft.policy) === null ? w.policy.unsavedOwn : w.policy.wrong}
      </span>
      <a className="btn" href="#change">
        {w.policy.toTrial}
      </a>
    </aside>
  )
}
