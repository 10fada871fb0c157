import type { ModelKind } from '../../core/learning/fit-report.ts'
import type { Refusal } from '../../stats/refusal.ts'
import { saveModel } from '../../store/models.ts'
import type { World } from '../world.ts'
import { fitHazardModel } from './fit-hazard-model.ts'
import { fitLeaveModel } from './fit-leave-model.ts'
import type { Fit, FitOptions, Fitted } from './fit-outcome.ts'
import { fitRedemptionModel } from './fit-redemption-model.ts'
import { fitAttritionModel, fitValueModel } from './fit-shop-models.ts'

/** How each kind learns. A kind that is not here has no model yet. */
const fits = {
  leave: fitLeaveModel,
  attrition: fitAttritionModel,
  value: fitValueModel,
  redemption: fitRedemptionModel,
  retaliation: fitHazardModel('retaliation'),
  winback: fitHazardModel('winback'),
} satisfies Partial<Record<ModelKind, Fit>>

/** A kind of model that can be fitted. */
export type FittedKind = keyof typeof fits

/** The kinds of models that can be fitted. */
export const fittedKinds: readonly FittedKind[] = Object.keys(fits).filter(isFitted)

function isFitted(kind: string): kind is FittedKind {
  return Object.hasOwn(fits, kind)
}

/** A version that was kept, with its number; or why there is none. Plain data: it may come from another thread. */
export type Kept = (Omit<Fitted, 'model'> & Readonly<{ version: number }>) | Readonly<{ kind: 'stopped' }> | Refusal

/** Fits one kind of model and keeps the version: here, or in a thread of its own. */
export type FitModel = (kind: FittedKind, options: FitOptions) => Promise<Kept>

/** Fits a model and keeps the version; it goes live if the fit says so. Scores nobody. */
export async function fitModel(world: World, kind: FittedKind, options: FitOptions = {}): Promise<Kept> {
  const outcome = await fits[kind](world, options)
  if (outcome.kind === 'stopped') return outcome
  if (outcome.kind === 'fitted') {
    const version = await world.db.transaction((tx) => saveModel(tx, { ...outcome, kind }))
    const { model: _, ...told } = outcome
    return { ...told, version }
  }
  const { instead, ...refusal } = outcome
  if (instead !== undefined) await world.db.transaction((tx) => saveModel(tx, { ...instead, kind, report: null }))
  return refusal
}
