import type { CaseRules } from '../../../core/cases/case-rules.ts'
import type { SeverityRules } from '../../../core/cases/severity-proposed.ts'
import { Amount, Choice, NumberSentence, Sentence } from '../../parts/rule-inputs.tsx'
import { NameInput, placed, Remove, RowTable, replacedAt, without } from '../../parts/rule-rows.tsx'
import { type Editing, Wrong } from '../../parts/rule-set.tsx'
import { severities } from '../../rules-told.ts'
import { useSpeech } from '../../words.ts'

const DAYS_MAX = 90

type Props = Editing<CaseRules> & Readonly<{ currency: string }>

/** How bad a let-down is taken to be: how late is severe, from which loss on, and what a category is at least. */
export function Severities({ policy: { severity }, change, refused, currency }: Props) {
  const { w } = useSpeech()
  const p = w.playbooks
  const set = (part: Partial<SeverityRules>) => change({ severity: { ...severity, ...part } })
  const { veryLateDays, categories } = severity
  return (
    <section aria-labelledby="severities-title" className="band">
      <h2 id="severities-title">{p.severities}</h2>
      <p className="soft measure">{p.severitiesText}</p>
      <Wrong refused={refused} at={['/severity']} text={p.problems.severities} />
      <NumberSentence
        text={p.veryLateText}
        slot="veryLateDays"
        unit={p.day(Number.isFinite(veryLateDays) ? veryLateDays : 0)}
        label={p.veryLateDays}
        value={veryLateDays}
        min={0}
        max={DAYS_MAX}
        onChange={(days) => set({ veryLateDays: days })}
      />
      <p className="md">
        <Sentence
          text={p.lossText}
          slots={{
            major: (
              <Amount
                label={p.majorLoss}
                value={severity.majorLossMinor}
                currency={currency}
                onChange={(majorLossMinor) => set({ majorLossMinor })}
              />
            ),
            critical: (
              <Amount
                label={p.criticalLoss}
                value={severity.criticalLossMinor}
                currency={currency}
                onChange={(criticalLossMinor) => set({ criticalLossMinor })}
              />
            ),
          }}
        />
      </p>
      <RowTable
        label={p.atLeast}
        head={[p.category, p.atLeast, { name: w.policy.remove, heard: true }]}
        empty={p.noSeverities}
        count={categories.length}
        add={p.addTeam}
        onAdd={() => set({ categories: [...categories, { category: '', severity: 'major' }] })}
      >
        {placed(categories).map(({ row, place, key }) => (
          <tr key={key}>
            <td>
              <NameInput
                label={p.category}
                value={row.category}
                onChange={(category) => set({ categories: replacedAt(categories, place, { category }) })}
              />
            </td>
            <td>
              <Choice
                label={`${p.atLeast}: ${row.category}`}
                value={row.severity}
                all={severities}
                names={w.severities}
                onChange={(least) => set({ categories: replacedAt(categories, place, { severity: least }) })}
              />
            </td>
            <Remove
              what={row.category || w.policy.unnamed}
              act={() => set({ categories: without(categories, place) })}
            />
          </tr>
        ))}
      </RowTable>
      <p className="quiet xs">{p.severitiesStay}</p>
    </section>
  )
}
