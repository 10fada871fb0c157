import type { GestureOverview } from '../../../contract/gestures.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { useSpeech } from '../../words.ts'

/** The budgets of the month, what of them is spent or set aside, and what is left. */
export function Budget({ of }: Readonly<{ of: GestureOverview['budget'] }>) {
  const speech = useSpeech()
  const g = speech.w.gestures
  const money = (minor: number) => speech.money(minor, of.currency)
  const rows = [
    { id: '', name: g.budgetFirm, monthMinor: of.monthMinor, spentMinor: of.spentMinor },
    ...of.teams.map((team) => ({ ...team, name: team.name ?? g.unknownTeam })),
  ]
  const numbers = [g.budgetMonth, g.budgetSpent, g.budgetLeft].map((name) => ({ name, kind: 'num' as const }))
  return (
    <section aria-labelledby="budget-title" className="band">
      <h2 id="budget-title">{g.budget}</h2>
      <Scroll label={`${g.budget}, ${speech.w.table}`}>
        <table>
          <Heads heads={[g.team, ...numbers]} />
          <tbody>
            {rows.map(({ id, name, monthMinor, spentMinor }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td className="num">{money(monthMinor)}</td>
                <td className="num">{money(spentMinor)}</td>
                <td className="num">{money(Math.max(0, monthMinor - spentMinor))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}
