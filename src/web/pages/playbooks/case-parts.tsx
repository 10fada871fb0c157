import { caseSteps } from '../../../core/case-clocks.ts'
import { openingRules } from '../../../core/case-opening.ts'
import type { CaseRules } from '../../../core/case-rules.ts'
import { Heads } from '../../parts/heads.tsx'
import { Choice, NumberInput, Sentence, Tick } from '../../parts/rule-inputs.tsx'
import { NameInput, placed, Remove, RowTable, replacedAt, without } from '../../parts/rule-rows.tsx'
import { type Editing, Wrong } from '../../parts/rule-set.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { severities, stepName, type TeamNames, timeOf } from '../../rules-told.ts'
import { useSpeech } from '../../words.ts'
import { Hours } from './hours.tsx'
import { Regimes } from './regimes.tsx'

const MINUTES_MAX = 100_000
const DAYS_MAX = 90

type Props = Editing<CaseRules> & Readonly<{ teams: TeamNames }>

/** The rules on cases, in the order in which a case meets them. */
export function CaseParts(props: Props) {
  return (
    <>
      <Opening {...props} />
      <Steps {...props} />
      <Alarms {...props} />
      <Hours {...props} />
      <Teams {...props} />
      <Regimes {...props} />
    </>
  )
}

function Opening({ policy: { opening }, change }: Props) {
  const { w } = useSpeech()
  const p = w.playbooks
  return (
    <section aria-labelledby="opening-title" className="band">
      <h2 id="opening-title">{p.opening}</h2>
      <ul className="rules">
        {openingRules.map((rule) => (
          <li key={rule}>
            <h3>{p.openingRules[rule].name}</h3>
            <p className="md">{p.openingRules[rule].text}</p>
            <div className="ticks">
              <Tick
                label={
                  <>
                    <span className="hidden-words">{p.openingRules[rule].name}: </span>
                    {p.opens}
                  </>
                }
                on={opening.rules.includes(rule)}
                onChange={(on) => {
                  // In the order of the list, so that the same choice is always the same rule.
                  const rules = openingRules.filter((one) => (one === rule ? on : opening.rules.includes(one)))
                  change({ opening: { ...opening, rules } })
                }}
              />
            </div>
          </li>
        ))}
      </ul>
      <p className="md">
        <Sentence
          text={p.daysMaxText}
          slots={{
            daysMax: (
              <>
                <NumberInput
                  label={p.daysMax}
                  value={opening.daysMax}
                  min={0}
                  max={DAYS_MAX}
                  onChange={(daysMax) => change({ opening: { ...opening, daysMax } })}
                />{' '}
                {p.day(Number.isFinite(opening.daysMax) ? opening.daysMax : 0)}
              </>
            ),
          }}
        />
      </p>
    </section>
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
  return (
    <section aria-labelledby="alarms-title" className="band">
      <h2 id="alarms-title">{p.alarms}</h2>
      <p className="md">
        <Sentence
          text={p.warnText}
          slots={{
            warnShare: (
              <>
                <NumberInput
                  label={p.warnShare}
                  value={policy.warnShare}
                  scale={100}
                  min={1}
                  max={99}
                  whole={false}
                  onChange={(warnShare) => change({ warnShare })}
                />
                {' %'}
              </>
            ),
          }}
        />
      </p>
      <p className="md">
        <Sentence
          text={p.managerText}
          slots={{
            managerAfterMinutes: (
              <NumberInput
                label={p.managerAfterMinutes}
                value={policy.managerAfterMinutes}
                min={0}
                max={MINUTES_MAX}
                onChange={(managerAfterMinutes) => change({ managerAfterMinutes })}
              />
            ),
          }}
        />
      </p>
      <p className="md">
        <Sentence
          text={p.legalText}
          slots={{
            legalWarnDays: (
              <>
                <NumberInput
                  label={p.legalWarnDays}
                  value={policy.legalWarnDays}
                  min={0}
                  max={DAYS_MAX}
                  onChange={(legalWarnDays) => change({ legalWarnDays })}
                />{' '}
                {p.day(Number.isFinite(policy.legalWarnDays) ? policy.legalWarnDays : 0)}
              </>
            ),
          }}
        />
      </p>
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
