import {
  covariateLabel,
  evidenceSentence,
  reasonSentence,
  unheldSentence,
  warningSentence,
} from '../../contract/model-sentences.ts'
import type { ModelList, ModelPage } from '../../contract/models.ts'
import type { Locale } from '../../contract/words.ts'
import { referenceStay } from '../../core/goodwill/forecast.ts'
import { type LeaveModel, type Norm, priorModel } from '../../core/goodwill/leave-model.ts'
import {
  type FitReport,
  type Learned,
  leastToLearn,
  type ModelKind,
  modelKinds,
} from '../../core/learning/fit-report.ts'
import { priorCoefficients } from '../../core/learning/prior-coefficients.ts'
import { leavingWay } from '../../core/relationship/exit.ts'
import { DAY_MS, rfc3339 } from '../../core/time/instant.ts'
import { incompleteGamma } from '../../stats/incomplete-gamma.ts'
import type { Tx } from '../../store/db.ts'
import { readLeaveVersion, readModelVersions, type StoredModel } from '../../store/models.ts'
import { readStatesAfter } from '../../store/states.ts'
import { countLeft } from '../../store/views/left-view.ts'
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
  return { models, leaving: await leavingOf(db) }
}

// Asked of so many customers: to say how a firm is left, not to count.
const LOOKED_AT_MAX = 500

async function leavingOf(tx: Tx): Promise<ModelList['leaving']> {
  const read = await readStatesAfter(tx, '', LOOKED_AT_MAX)
  const states = read.flatMap(({ state }) => (state.profilingRefusedAt === null ? [state] : []))
  const known = states.filter(({ facts, exit }) => facts.everSubscribed || facts.lastOrder !== null || exit.times > 0)
  const announced = known.filter(({ facts, exit }) => facts.everSubscribed || exit.times > 0).length
  return { customers: known.length, announced, applies: leavingWay(known.length, announced) }
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
  const learned = report?.coefficients ?? priorCoefficients(kind)
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
      needed: { events: leastToLearn[kind], counted: kind === 'leave' ? await countLeft(db) : null },
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
    learnedFrom: report?.learnedFrom ?? null,
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
  return {
    ...one,
    label: covariateLabel(locale, one.name),
    from,
    raises: chanceAbove(one.posterior),
    raisesPrior: one.prior === null ? null : chanceAbove(one.prior),
  }
}

// Of a Normal: the share within |mean| of it is P(1/2, z^2 / 2), the incomplete gamma function.
function chanceAbove({ mean, sd }: Norm): number {
  const within = incompleteGamma(0.5, (mean / sd) ** 2 / 2)
  return mean >= 0 ? (1 + within) / 2 : (1 - within) / 2
}

const Z80 = 1.2815515655446004

// Only the level is uncertain for the reference customer: nothing else applies to him.
function atLevels(model: LeaveModel, chanceOf: (model: LeaveModel) => number) {
  const { mean, sd } = model.intercept
  const at = (level: number) => chanceOf({ ...model, intercept: { ...model.intercept, mean: level } })
  const ends = [at(mean - Z80 * sd), at(mean + Z80 * sd)] as const
  return { value: at(mean), low: Math.min(...ends), high: Math.max(...ends) }
}

const monthly = ({ intercept }: LeaveModel) => 1 / (1 + Math.exp(-intercept.mean))

const referenceOf = (model: LeaveModel) => ({
  monthly: atLevels(model, monthly),
  monthlyPrior: atLevels(priorModel, monthly),
  stay12: atLevels(model, referenceStay),
  stay12Prior: atLevels(priorModel, referenceStay),
})
