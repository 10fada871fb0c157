import type { TeamNames } from '../rules-told.ts'
import { useSpeech } from '../words.ts'
import { Amount, Choice } from './rule-inputs.tsx'
import { Remove, RowTable } from './rule-rows.tsx'

/** What each team may spend in a month, in minor units, by the id of the team. */
type Budgets = Readonly<Record<string, number>>

type Props = Readonly<{
  budgets: Budgets
  change: (next: Budgets) => void
  teams: TeamNames
  currency: string
  words: Readonly<{ team: string; budget: string; add: string; none: string; unknownTeam: string }>
}>

/** Budgets of teams: added, moved to another team, changed and taken away. */
export function TeamBudgets({ budgets, change, teams, currency, words }: Props) {
  const { w } = useSpeech()
  const rows = Object.entries(budgets)
  const put = (next: readonly (readonly [team: string, minor: number])[]) => change(Object.fromEntries(next))
  const free = Object.keys(teams).filter((team) => budgets[team] === undefined)
  const [next] = free
  return (
    <RowTable
      label={words.budget}
      head={[words.team, words.budget, { name: w.policy.remove, heard: true }]}
      empty={words.none}
      count={rows.length}
      {...(next === undefined ? {} : { add: words.add, onAdd: () => put([...rows, [next, 0]]) })}
    >
      {rows.map(([team, minor]) => {
        const name = teams[team] ?? words.unknownTeam
        return (
          <tr key={team}>
            <td>
              <Choice
                label={`${words.team}: ${name}`}
                value={team}
                all={[team, ...free]}
                names={{ [team]: words.unknownTeam, ...teams }}
                onChange={(other) => put(rows.map(([one, amount]) => [one === team ? other : one, amount]))}
              />
            </td>
            <td>
              <Amount
                label={`${words.budget}: ${name}`}
                value={minor}
                currency={currency}
                onChange={(amount) => put(rows.map(([one, so]) => [one, one === team ? amount : so]))}
              />
            </td>
            <Remove what={name} act={() => put(rows.filter(([one]) => one !== team))} />
          </tr>
        )
      })}
    </RowTable>
  )
}
