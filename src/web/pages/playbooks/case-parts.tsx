import { caseSteps } from '../../../core/cases/case-clocks.ts'
import type { CaseRules } from '../../../core/cases/case-rules.ts'
import { Heads } from '../../parts/heads.tsx'
import { Choice, NumberInput, NumberSentence } from '../../parts/rule-inputs.tsx'
import { NameInput, placed, Remove, RowTable, replacedAt, without } from '../../parts/rule-rows.tsx'
import { type Editing, Wrong } from '../../parts/rule-set.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { severities, stepName, type TeamNames, timeOf } from '../../rules-told.ts'
import { useSpeech } from '../../words.ts'
import { Hours } from './hours.tsx'
import { Opening } from './opening.tsx'
import { OpeningTrial } from './opening-trial.tsx'
import { Regimes } from './regimes.tsx'
import { Severities } from './severities.tsx'

const MINUTES_MAX = 100_000
const DAYS_MAX = 90

type Props = Editing<CaseRules> & Readonly<{ teams: TeamNames; currency: string }>

/** The rules on cases, in the order in which a case meets them. */
export function CaseParts(props: Props) {
  return (
    <>
      <Opening {...props} />
      <Severities {...props} />
      <OpeningTrial rules={props.policy} />
      <Steps {...props} />
      <Alarms {...props} />
      <Hours {...props} />
      <Teams {...props} />
      <Regimes {...props} />
    </>
  )
}

function Steps({ policy: { minutes, workMinutes }, change, refused }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const p = w.playbooks
  return (
    <section aria-labelledby="steps-title" className="band">
      <h2 id="steps-title">{p.steps}</h2>
      <p className="soft measure">{p.stepsText}</p>
      <Wrong refused={refused} at={['/minutes', '/workMinutes']} text={p.problems.numbers} />
      <Scroll label={p.step}>
        <table>
          <Heads heads={[p.step, ...severities.map((severity) => w.severities[severity]), p.work]} />
          <tbody>
            {caseSteps.map((step) => {
              const name = stepName(speech, step)
              return (
                <tr key={step}>
                  <th scope="row">{name}</th>
                  {step === 'follow up' ? (
                    <td colSpan={severities.length} className="soft">
                      {p.followUp}
                    </td>
                  ) : (
                    severities.map((severity) => (
                      <MinutesCell
                        key={severity}
                        label={p.allowed(name, w.severities[severity])}
                        value={minutes[severity][step]}
                        onChange={(value) =>
                          change({ minutes: { ...minutes, [severity]: { ...minutes[severity], [step]: value } } })
                        }
                      />
                    ))
                  )}
                  <MinutesCell
                    label={p.workOf(name)}
                    value={workMinutes[step]}
                    onChange={(value) => change({ workMinutes: { ...workMinutes, [step]: value } })}
                  />
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

type MinutesProps = Readonly<{ label: string; value: number; onChange: (value: number) => void }>

function MinutesCell(props: MinutesProps) {
  const speech = useSpeech()
  return (
    <td>
      <NumberInput {...props} min={1} max={MINUTES_MAX} />{' '}
      <span className="quiet xs nowrap">{Number.isFinite(props.value) ? timeOf(speech, props.value) : null}</span>
    </td>
  )
}

function Alarms({ policy, change }: Props) {
  const { w } = useSpeech()
  const p = w.playbooks
  const { warnShare, managerAfterMinutes, legalWarnDays } = policy
  return (
    <section aria-labelledby="alarms-title" className="band">
      <h2 id="alarms-title">{p.alarms}</h2>
      <NumberSentence
        text={p.warnText}
        slot="warnShare"
        unit="%"
        label={p.warnShare}
        value={warnShare}
        scale={100}
        min={1}
        max={99}
        whole={false}
        onChange={(share) => change({ warnShare: share })}
      />
      <NumberSentence
        text={p.managerText}
        slot="managerAfterMinutes"
        label={p.managerAfterMinutes}
        value={managerAfterMinutes}
        min={0}
        max={MINUTES_MAX}
        onChange={(minutes) => change({ managerAfterMinutes: minutes })}
      />
      <NumberSentence
        text={p.legalText}
        slot="legalWarnDays"
        unit={p.day(Number.isFinite(legalWarnDays) ? legalWarnDays : 0)}
        label={p.legalWarnDays}
        value={legalWarnDays}
        min={0}
        max={DAYS_MAX}
        onChange={(days) => change({ legalWarnDays: days })}
      />
    </section>
  )
}

function Teams({ policy, change, teams: names }: Props) {
  const { w } = useSpeech()
  const p = w.playbooks
  const known = Object.keys(names)
  const set = (place: number, part: Partial<CaseRules['teams'][number]>) =>
    change({ teams: replacedAt(policy.teams, place, part) })
  return (
    <section aria-labelledby="teams-title" className="band">
      <h2 id="teams-title">{p.teams}</h2>
      <p className="soft measure">{p.teamsText}</p>
      <RowTable
        label={p.team}
        head={[p.category, p.team, { name: w.policy.remove, heard: true }]}
        empty={known.length === 0 ? `${p.noTeams} ${p.noTeamsYet}` : p.noTeams}
        count={policy.teams.length}
        {...(known.length === 0
          ? {}
          : {
              add: p.addTeam,
              onAdd: () => change({ teams: [...policy.teams, { category: '', team: known[0] ?? '' }] }),
            })}
      >
        {placed(policy.teams).map(({ row, place, key }) => (
          <tr key={key}>
            <td>
              <NameInput label={p.category} value={row.category} onChange={(category) => set(place, { category })} />
            </td>
            <td>
              <Choice
                label={`${p.team}: ${row.category}`}
                value={row.team}
                all={[...new Set([row.team, ...known])]}
                names={{ [row.team]: p.unknownTeam, ...names }}
                onChange={(team) => set(place, { team })}
              />
            </td>
            <Remove
              what={row.category || w.policy.unnamed}
              act={() => change({ teams: without(policy.teams, place) })}
            />
          </tr>
        ))}
      </RowTable>
    </section>
  )
}
