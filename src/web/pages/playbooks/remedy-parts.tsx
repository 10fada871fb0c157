import type { Limits } from '../../../core/cases/authority.ts'
import type { RemedyPolicy } from '../../../core/cases/remedy.ts'
import type { RemedyRules } from '../../../core/cases/remedy-rules.ts'
import { type Role, roleMay, roles } from '../../../core/people/permissions.ts'
import { Heads } from '../../parts/heads.tsx'
import { Amount, AmountSentence, NumberInput, Tick } from '../../parts/rule-inputs.tsx'
import { type Editing, Wrong } from '../../parts/rule-set.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { TeamBudgets } from '../../parts/team-budgets.tsx'
import { severities, type TeamNames } from '../../rules-told.ts'
import { useSpeech } from '../../words.ts'

const SHARE_PERCENT_MAX = 1_000
/** Of a role that is given limits here: what it may give is then typed. */
const noLimits: Limits = { caseMinor: 0, dayMinor: 0, monthMinor: 0 }

type Props = Editing<RemedyRules> & Readonly<{ teams: TeamNames; currency: string }>

/** How much is proposed, who gives how much, and what teams may spend. */
export function RemedyParts(props: Props) {
  return (
    <>
      <Ranges {...props} />
      <RoleLimits {...props} />
      <Budgets {...props} />
    </>
  )
}

function Ranges({ policy: { remedy }, change, refused, currency }: Props) {
  const { w } = useSpeech()
  const p = w.playbooks
  const set = (part: Partial<RemedyPolicy>) => change({ remedy: { ...remedy, ...part } })
  return (
    <section aria-labelledby="ranges-title" className="band">
      <h2 id="ranges-title">{p.remedies}</h2>
      <p className="soft measure">{p.remediesText}</p>
      <Wrong refused={refused} at={['/remedy']} text={p.problems.ranges} />
      <Scroll label={p.severity}>
        <table>
          <Heads heads={[p.severity, p.lossLow, p.lossHigh, p.bareLow, p.bareHigh]} />
          <tbody>
            {severities.map((severity) => {
              const name = w.severities[severity]
              const [loss, bare] = [remedy.shareOfLoss[severity], remedy.withoutLoss[severity]]
              const ends = [
                ['low', p.lossLow],
                ['high', p.lossHigh],
              ] as const
              const amounts = [
                ['lowMinor', p.bareLow],
                ['highMinor', p.bareHigh],
              ] as const
              return (
                <tr key={severity}>
                  <th scope="row">{name}</th>
                  {ends.map(([end, label]) => (
                    <td key={end}>
                      <NumberInput
                        label={`${label}, ${name}`}
                        value={loss[end]}
                        scale={100}
                        min={0}
                        max={SHARE_PERCENT_MAX}
                        whole={false}
                        onChange={(value) =>
                          set({ shareOfLoss: { ...remedy.shareOfLoss, [severity]: { ...loss, [end]: value } } })
                        }
                      />
                      {' %'}
                    </td>
                  ))}
                  {amounts.map(([end, label]) => (
                    <td key={end}>
                      <Amount
                        label={`${label}, ${name}`}
                        value={bare[end]}
                        currency={currency}
                        onChange={(value) =>
                          set({ withoutLoss: { ...remedy.withoutLoss, [severity]: { ...bare, [end]: value } } })
                        }
                      />
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
      <AmountSentence
        text={p.callText}
        slot="callAbove"
        label={p.callAbove}
        value={remedy.callAboveMinor}
        currency={currency}
        onChange={(callAboveMinor) => set({ callAboveMinor })}
      />
    </section>
  )
}

function RoleLimits({ policy: { authority }, change, refused, currency }: Props) {
  const { w } = useSpeech()
  const p = w.playbooks
  const columns = [
    ['caseMinor', p.perCase],
    ['dayMinor', p.perDay],
    ['monthMinor', p.perMonth],
  ] as const
  const put = (role: Role, next: Limits | undefined) => {
    const { [role]: _, ...others } = authority.limits
    change({ authority: { ...authority, limits: next === undefined ? others : { ...others, [role]: next } } })
  }
  // Only who works on cases gives; whoever has limits all the same is shown, so that they can be taken away.
  const giving = roles.filter((role) => roleMay(role, 'cases.work') || authority.limits[role] !== undefined)
  return (
    <section aria-labelledby="limits-title" className="band">
      <h2 id="limits-title">{p.limits}</h2>
      <p className="soft measure">{p.limitsText}</p>
      <Wrong refused={refused} at={['/authority/limits']} text={p.problems.limits} />
      <Scroll label={p.role}>
        <table>
          <Heads heads={[p.role, ...columns.map(([, name]) => name)]} />
          <tbody>
            {giving.map((role) => {
              const limits = authority.limits[role]
              return (
                <tr key={role}>
                  <th scope="row">
                    <span className="ticks">
                      <Tick
                        label={p.gives(w.people.roles[role])}
                        on={limits !== undefined}
                        onChange={(on) => put(role, on ? noLimits : undefined)}
                      />
                    </span>
                  </th>
                  {limits === undefined ? (
                    <td colSpan={columns.length} className="soft">
                      {p.nothing}
                    </td>
                  ) : (
                    columns.map(([column, name]) => (
                      <td key={column}>
                        <Amount
                          label={`${w.people.roles[role]}, ${name}`}
                          value={limits[column]}
                          currency={currency}
                          onChange={(minor) => put(role, { ...limits, [column]: minor })}
                        />
                      </td>
                    ))
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

function Budgets({ policy: { authority }, change, teams, currency }: Props) {
  const p = useSpeech().w.playbooks
  return (
    <section aria-labelledby="budgets-title" className="band">
      <h2 id="budgets-title">{p.budgets}</h2>
      <p className="soft measure">{p.budgetsText}</p>
      <TeamBudgets
        budgets={authority.teamMonthMinor}
        change={(teamMonthMinor) => change({ authority: { ...authority, teamMonthMinor } })}
        words={{
          ...{ team: p.team, budget: p.budget, add: p.addBudget, unknownTeam: p.unknownTeam },
          none: Object.keys(teams).length === 0 ? `${p.noBudgets} ${p.noTeamsYet}` : p.noBudgets,
        }}
        {...{ teams, currency }}
      />
    </section>
  )
}
