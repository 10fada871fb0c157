/**
 * What is usual at a firm: the averages that covariates are centred on, the spread of answers, and that of what the
 * goodwill index is made of. A million states may stream through: nothing is kept but sums.
 */
import { leaving } from '../relationship/exit.ts'
import type { Facts } from '../relationship/facts.ts'
import type { Relationship } from '../relationship/relationship.ts'
import { monthsSinceStart, positivesInYear, purchasesInYear } from '../relationship/reserve.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'
import type { Centre, LeaveModel, Norm, NormKind } from './leave-model.ts'
import { windowDays } from './leave-priors.ts'

/** Fewer than these, and an average is not the firm's own. */
const ANSWERS_MIN = 30
const SEGMENT_CUSTOMERS_MIN = 30
const SEGMENTS_MAX = 200
const SD_MIN = 0.05

/** Shown every state once, it puts what is usual into a model. */
export type NormCounter = Readonly<{
  observe: (state: Relationship) => void
  /** The model with the centres and norms that could be counted; the others stay as they were. */
  applyTo: (model: LeaveModel) => LeaveModel
}>

/** `at` is the end of the data: who has not left by then is the base that centres are averages of. */
export function normCounter(at: Instant): NormCounter {
  const counted: Counted = { sums: new Map(), norms: new Map(), reserve: new Map() }
  return {
    observe: (state) => {
      if (state.firstAt === null) return
      observeAnswers(counted, state.facts)
      if (leaving(state.exit, state.facts, at) === null) observeBase(counted, state.facts, at)
    },
    applyTo: (model) => centredOn(model, counted),
  }
}

type Sum = { count: number; sum: number; squares: number }
type CentreSums = Readonly<{ purchases_ln: Sum; personal_share: Sum; effort_ces: Sum }>
type Counted = Readonly<{
  sums: Map<string, CentreSums>
  norms: Map<NormKind, Sum>
  reserve: Map<'tenure_ln' | 'purchases_ln' | 'pos_contacts', Sum>
}>

const emptySum = (): Sum => ({ count: 0, sum: 0, squares: 0 })
const emptyCentre = (): CentreSums => ({ purchases_ln: emptySum(), personal_share: emptySum(), effort_ces: emptySum() })

function add(to: Sum, value: number): void {
  to.count += 1
  to.sum += value
  to.squares += value * value
}

function sumOf<Key>(sums: Map<Key, Sum>, key: Key): Sum {
  const known = sums.get(key)
  if (known !== undefined) return known
  const fresh = emptySum()
  sums.set(key, fresh)
  return fresh
}

const meanOf = ({ count, sum }: Sum): number => (count === 0 ? 0 : sum / count)

function normOf(sum: Sum): Norm {
  const mean = meanOf(sum)
  return { mean, sd: Math.max(SD_MIN, Math.sqrt(Math.max(0, sum.squares / sum.count - mean * mean))) }
}

function observeAnswers({ norms }: Counted, facts: Facts): void {
  const { satisfaction, friendliness, attachment } = facts
  if (satisfaction !== null) add(sumOf(norms, satisfaction.kind === 'nps' ? 'nps' : 'csat'), satisfaction.score)
  if (friendliness !== null) add(sumOf(norms, 'friendliness'), friendliness.score)
  if (attachment !== null) add(sumOf(norms, 'attachment'), attachment.score)
}

function observeBase({ sums, reserve }: Counted, facts: Facts, at: Instant): void {
  const purchases = Math.log(1 + purchasesInYear(facts, at))
  add(sumOf(reserve, 'tenure_ln'), Math.log((1 + monthsSinceStart(facts, at)) / 13))
  add(sumOf(reserve, 'purchases_ln'), purchases)
  add(sumOf(reserve, 'pos_contacts'), positivesInYear(facts, at))
  for (const segment of facts.segment === null ? ['*'] : ['*', facts.segment]) {
    const known = sums.get(segment)
    if (known === undefined && sums.size >= SEGMENTS_MAX) continue
    const centre = known ?? emptyCentre()
    sums.set(segment, centre)
    add(centre.purchases_ln, purchases)
    const { share, effort } = sharesOf(facts, at)
    if (share !== null) add(centre.personal_share, share)
    if (effort !== null) add(centre.effort_ces, effort)
  }
}

function sharesOf(facts: Facts, at: Instant) {
  const since = at - windowDays.personal_share * DAY_MS
  const known = facts.contacts.filter((one) => one.human !== null && one.at > since)
  const fresh = facts.effort !== null && facts.effort.at > at - windowDays.effort_ces * DAY_MS
  return {
    share: known.length === 0 ? null : known.filter((one) => one.human === true).length / known.length,
    effort: facts.effort !== null && fresh ? 6 * (1 - facts.effort.score) : null,
  }
}

function centredOn(model: LeaveModel, { sums, norms, reserve }: Counted): LeaveModel {
  const all = sums.get('*')
  if (all === undefined) return model
  const whole = centreFrom(all, { purchases_ln: 0, personal_share: 0, effort_ces: 0 })
  const centres = new Map<string, Centre>([['*', whole]])
  for (const [segment, own] of sums) {
    // A small segment borrows nothing of its own: its averages would be noise.
    if (segment !== '*' && own.purchases_ln.count >= SEGMENT_CUSTOMERS_MIN) {
      centres.set(segment, centreFrom(own, whole))
    }
  }
  const norm = (kind: NormKind): Norm => {
    const sum = norms.get(kind)
    return sum === undefined || sum.count < ANSWERS_MIN ? model.norms[kind] : normOf(sum)
  }
  return {
    ...model,
    centres: Object.fromEntries(centres),
    norms: {
      csat: norm('csat'),
      nps: norm('nps'),
      friendliness: norm('friendliness'),
      attachment: norm('attachment'),
    },
    reserve:
      all.purchases_ln.count < ANSWERS_MIN
        ? model.reserve
        : {
            tenure_ln: normOf(sumOf(reserve, 'tenure_ln')),
            purchases_ln: normOf(sumOf(reserve, 'purchases_ln')),
            pos_contacts: normOf(sumOf(reserve, 'pos_contacts')),
          },
  }
}

// Where a segment has no contact with a known human, or no answer on effort, it takes the average of all.
const centreFrom = (sums: CentreSums, otherwise: Centre): Centre => ({
  purchases_ln: sums.purchases_ln.count === 0 ? otherwise.purchases_ln : meanOf(sums.purchases_ln),
  personal_share: sums.personal_share.count === 0 ? otherwise.personal_share : meanOf(sums.personal_share),
  effort_ces: sums.effort_ces.count === 0 ? otherwise.effort_ces : meanOf(sums.effort_ces),
})
