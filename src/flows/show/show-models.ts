import {
  covariateLabel,
  evidenceSentence,
  reasonSentence,
  unheldSentence,
  warningSentence,
} from '../../contract/model-sentences.ts'
import type { ModelList, ModelPage } from '../../contract/models.ts'
import type { Locale } from '../../contract/words.ts'
import { type FitReport, type Learned, type ModelKind, modelKinds } from '../../core/fit-report.ts'
import { referenceStay } from '../../core/forecast.ts'
import { DAY_MS, rfc3339 } from '../../core/instant.ts'
import { type LeaveModel, priorModel } from '../../core/leave-model.ts'
import { priorsAsLearned } from '../../core/leave-report.ts'
import type { Tx } from '../../store/db.ts'
import { readLeaveVersion, readModelVersions, type StoredModel } from '../../store/models.ts'
import type { World } from '../world.ts'

/** Below this share the literature speaks, above the other the firm's own data do. */
const LITERATURE_MAX = 0.1
const OWN_MIN = 0.9
const CHANGES_MAX = 5
/** A smaller move than this, in posterior standard deviations, is no news. */
const CHANGE_SDS_MIN = 0.1

/** One line for each kind of model. */
export async function showModels({ db, now }: World, locale: Locale): Promise<ModelList> {
  const models: ModelList['models'] = []
  for (const kind of modelKinds) {
    const versions = await readModelVersions(db, kind)
    const live = versions.find((one) => one.live)
    const newest = versions[0]
    models.push({
      kind,
      live: live === undefined ? null : inShort(live, locale),
      newest: newest === undefined ? null : inShort(newest, locale),
      ageDays: live?.dataTo ? Math.max(0, (now() - live.dataTo) / DAY_MS) : null,
      versions: versions.length,
      changed: changesOf(versions, locale),
    })
  }
  return { models }
}

// What the live version says otherwise than the newest fitted version before it.
function changesOf(versions: readonly StoredModel[], locale: Locale): ModelList['models'][number]['changed'] {
  const place = versions.findIndex((one) => one.live)
  const live = versions[place]?.report
  const was = versions.slice(place + 1).find(({ report }) => report !== null)?.report
  if (!live || !was) return []
  return live.coefficients
    .flatMap(({ name, posterior: now }) => {
      const from = was.coefficients.find((one) => one.name === name)?.posterior.mean
      const sds = from === undefined ? 0 : (now.mean - from) / now.sd
      if (from === undefined || Math.abs(sds) < CHANGE_SDS_MIN) return []
      return [{ name, label: covariateLabel(locale, name), from, to: now.mean, sds }]
    })
    .toSorted((a, b) => Math.abs(b.sds) - Math.abs(a.sds))
    .slice(0, CHANGES_MAX)
}

/** A model's page, or that there is no such version. */
export type ShownModel = Readonly<{ kind: 'shown'; page: ModelPage }> | Readonly<{ kind: 'version-unknown' }>

/** A version with its report; without a number the live one, and before the first fit what was published. */
export async function showModel(
  db: Tx,
  kind: ModelKind,
  { version, locale }: Readonly<{ version: number | null; locale: Locale }>,
): Promise<ShownModel> {
  const versions = await readModelVersions(db, kind)
  const shown = versions.find((one) => (version === null ? one.live : one.version === version))
  if (shown === undefined && version !== null) return { kind: 'version-unknown' }
  const report = shown?.report ?? null
  const learned = report?.coefficients ?? (kind === 'leave' ? priorsAsLearned() : [])
  const used = kind === 'leave' ? await readLeaveVersion(db, shown?.version ?? 0) : undefined
  const missing = report?.calibrationMissing ?? null
  const learnedFrom = report?.learnedFrom ?? null
  return {
    kind: 'shown',
    page: {
      kind,
      shown: shown === undefined ? null : inShort(shown, locale),
      learnedFrom: learnedFrom === null ? null : { code: learnedFrom, sentence: evidenceSentence(locale, learnedFrom) },
      versions: versions.map((one) => inShort(one, locale)),
      coefficients: learned.map((one) => coefficientOf(one, locale)),
      reference: used === undefined ? null : referenceOf(used),
      ...numbersOf(report),
      calibrationMissing: missing === null ? null : { code: missing, sentence: unheldSentence(locale, missing) },
      backtest: (report?.backtest ?? []).map(({ fromAt, ...month }) => ({ from: rfc3339(fromAt), ...month })),
      against: report?.against ?? null,
      chosen: { ...report?.chosen },
      warnings: (report?.warnings ?? []).map((one) => ({
        code: one.code,
        params: { ...one.params },
        sentence: warningSentence(locale, one),
      })),
    },
  }
}

function numbersOf(report: FitReport | null) {
  const { gradientNorm = null, iterations = null, conditionNumber = null, logLikelihood = null } = report ?? {}
  const calibration = report?.calibration ?? null
  return {
    gradientNorm,
    iterations,
    conditionNumber,
    logLikelihood,
    calibration: calibration === null ? null : { ...calibration, deciles: [...calibration.deciles] },
  }
}

function inShort(one: StoredModel, locale: Locale): ModelPage['versions'][number] {
  const { report } = one
  return {
    version: one.version,
    live: one.live,
    reason: { code: one.reason, sentence: reasonSentence(locale, one.reason) },
    createdAt: rfc3339(one.createdAt),
    dataTo: one.dataTo === null ? null : rfc3339(one.dataTo),
    exits: report?.exits ?? null,
    rows: report?.rows ?? null,
    learnedShare: report === null ? null : meanShare(report.coefficients),
    slope: report?.calibration?.slope ?? null,
    expectedCalibrationError: report?.calibration?.expectedCalibrationError ?? null,
    logLoss: report?.calibration?.logLoss ?? null,
  }
}

function meanShare(coefficients: readonly Learned[]): number | null {
  const slopes = coefficients.filter(({ prior, name }) => prior !== null && name !== 'intercept')
  return slopes.length === 0 ? null : slopes.reduce((sum, one) => sum + one.learnedShare, 0) / slopes.length
}

function coefficientOf(one: Learned, locale: Locale): ModelPage['coefficients'][number] {
  const { learnedShare } = one
  const from = learnedShare < LITERATURE_MAX ? 'literature' : learnedShare > OWN_MIN ? 'own-data' : 'mixed'
  return { ...one, label: covariateLabel(locale, one.name), from }
}

const monthly = ({ intercept }: LeaveModel) => {
  const mean = 1 / (1 + Math.exp(-intercept.mean))
  // By the slope of the logistic function at the mean.
  return { mean, sd: intercept.sd * mean * (1 - mean) }
}

const referenceOf = (model: LeaveModel) => ({
  monthly: monthly(model),
  monthlyPrior: monthly(priorModel),
  stay12: referenceStay(model),
  stay12Prior: referenceStay(priorModel),
})
