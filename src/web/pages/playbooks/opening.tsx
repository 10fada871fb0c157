import { openingRules } from '../../../core/cases/case-opening.ts'
import type { CaseRules } from '../../../core/cases/case-rules.ts'
import { NumberSentence, Tick } from '../../parts/rule-inputs.tsx'
import type { Editing } from '../../parts/rule-set.tsx'
import { useSpeech } from '../../words.ts'

const DAYS_MAX = 90

/** Which events open a case by themselves. */
export function Opening({ policy: { opening }, change }: Editing<CaseRules>) {
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
      <NumberSentence
        text={p.daysMaxText}
        slot="daysMax"
        unit={p.day(Number.isFinite(opening.daysMax) ? opening.daysMax : 0)}
        label={p.daysMax}
        value={opening.daysMax}
        min={0}
        max={DAYS_MAX}
        onChange={(daysMax) => change({ opening: { ...opening, daysMax } })}
      />
    </section>
  )
}
