import { useSearchParams } from 'wouter'
import { openingRules } from '../../../core/cases/case-opening.ts'
import { api } from '../../api.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { PageHead } from '../../parts/page.tsx'
import { RuleSet } from '../../parts/rule-set.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { tellCaseRules, tellRemedyRules } from '../../rules-told.ts'
import { useRegimes } from '../../use-regimes.ts'
import { useTeams } from '../../use-teams.ts'
import { useSpeech } from '../../words.ts'
import { CaseParts } from './case-parts.tsx'
import { RemedyParts } from './remedy-parts.tsx'

type Props = Readonly<{ currency: string }>

/** How cases are worked and how much is given: rules as versioned data, and the regimes that bind. */
export function PlaybooksPage({ currency }: Props) {
  const { w } = useSpeech()
  const [params, setParams] = useSearchParams()
  const view = params.get('view') === 'remedies' ? 'remedies' : 'cases'
  useKeys(rowKeys)
  return (
    <>
      <PageHead title={w.playbooks.title}>
        <Segmented
          legend={w.playbooks.view}
          value={view}
          options={(['cases', 'remedies'] as const).map((value) => ({ value, label: w.playbooks.views[value] }))}
          onChange={(next) => setParams(next === 'remedies' ? { view: next } : {}, { replace: true })}
        />
      </PageHead>
      <div className="body policy playbooks">
        {view === 'cases' ? <Cases currency={currency} /> : <Remedies currency={currency} />}
      </div>
    </>
  )
}

function Cases({ currency }: Props) {
  const speech = useSpeech()
  const teams = useTeams()
  const packs = useRegimes().data?.packs ?? []
  const { w } = speech
  return (
    <RuleSet
      name="case-rules"
      calls={api.caseRules}
      change="playbooks.edit"
      tell={(rules) => tellCaseRules(rules, { speech, teams, packs, currency })}
      lead={({ opening }) => w.playbooks.lead(opening.rules.length, openingRules.length)}
    >
      {(editing) => <CaseParts {...editing} teams={teams} currency={currency} />}
    </RuleSet>
  )
}

function Remedies({ currency }: Props) {
  const speech = useSpeech()
  const teams = useTeams()
  const { w } = speech
  return (
    <RuleSet
      name="remedy-rules"
      calls={api.remedyRules}
      change="authority.edit"
      tell={(rules) => tellRemedyRules(rules, { speech, teams, currency })}
      lead={({ authority }) => w.playbooks.leadRemedies(Object.keys(authority.limits).length)}
    >
      {(editing) => <RemedyParts {...editing} teams={teams} currency={currency} />}
    </RuleSet>
  )
}
