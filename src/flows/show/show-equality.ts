import type { Equality } from '../../contract/equality.ts'
import { figureSentence, groupLabel, measureLabel, traitLabel } from '../../contract/equality-sentences.ts'
import type { Locale } from '../../contract/words.ts'
import {
  COUNT_STEP,
  countDifferences,
  type KeptEquality,
  type MeasureFigures,
} from '../../core/equality/compare-groups.ts'
import { measureOf } from '../../core/equality/measures.ts'
import { groupsOfTrait, type Trait } from '../../core/equality/trait.ts'
import { instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../../store/db.ts'
import { findForecast } from '../../store/forecasts.ts'
import { findUnderWay } from '../../store/tasks.ts'
import { countGroups, type LiveTrait, listTraits } from '../../store/traits.ts'

/** The traits that are compared, and what was found when it was last worked out. Nothing is computed, and nobody is in it. */
export async function showEquality(db: Tx, locale: Locale): Promise<Equality> {
  const [live, counts, kept, task] = await Promise.all([
    listTraits(db),
    countGroups(db),
    findForecast<KeptEquality>(db, 'equality'),
    findUnderWay(db, { kind: 'checks', title: 'Checks' }),
  ])
  const labelOf = (trait: Trait): string =>
    traitLabel(locale, trait, live.find((one) => one.trait === trait)?.name ?? null)
  const countOf = (trait: Trait): number | null => {
    if (trait === 'language') return null
    const known = counts.find((one) => one.trait === trait)?.customers ?? 0
    return COUNT_STEP * Math.round(known / COUNT_STEP)
  }
  return {
    traits: live.map((one) => ({ ...traitView(locale, one), customers: countOf(one.trait) })),
    found:
      kept === undefined
        ? null
        : {
            madeAt: rfc3339(kept.madeAt),
            from: kept.body.from,
            to: kept.body.to,
            comparisons: kept.body.comparisons,
            differing: countDifferences(kept.body).differing,
            traits: kept.body.traits.map(({ trait, measures }) => ({
              trait,
              label: labelOf(trait),
              measures: measures.map((one) => measureView(locale, trait, one)),
            })),
          },
    running: task?.id ?? null,
  }
}

const named = (locale: Locale, trait: Trait, groups: readonly string[]) =>
  groups.map((name) => ({ name, label: groupLabel(locale, trait, name) }))

const traitView = (locale: Locale, { trait, name, groups, basis, reason, onAt }: LiveTrait) => ({
  trait,
  label: traitLabel(locale, trait, name),
  groups: named(locale, trait, groupsOfTrait(trait, groups)),
  basis,
  reason,
  onAt: rfc3339(instant(onAt.getTime())),
})

const measureView = (locale: Locale, trait: Trait, { measure, groups, hidden }: MeasureFigures) => ({
  measure,
  label: measureLabel(locale, measure),
  about: measureOf(measure).about,
  unit: measureOf(measure).unit,
  groups: groups.map((figure) => {
    const label = groupLabel(locale, trait, figure.group)
    return { ...figure, label, sentence: figureSentence(locale, measure, figure, label) }
  }),
  hidden: named(locale, trait, hidden),
})
