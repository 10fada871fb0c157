import { covariateLabel } from '../../contract/model-sentences.ts'
import type { ScoredCustomerPage } from '../../contract/show.ts'
import type { Locale } from '../../contract/words.ts'
import { OUTLOOK_MONTHS, outlook } from '../../core/attrition/attrition-model.ts'
import { shopLife } from '../../core/attrition/shop-life.ts'
import { type Forecast, VALUE_MONTHS } from '../../core/goodwill/forecast.ts'
import type { HazardChance } from '../../core/hazard/hazard-model.ts'
import { RETALIATION_MONTHS, retaliationChance } from '../../core/hazard/retaliation.ts'
import { WIN_BACK_MONTHS, winBackChance } from '../../core/hazard/win-back.ts'
import { customerKey } from '../../core/ids.ts'
import { isOpen } from '../../core/relationship/recovery.ts'
import { inForce, type Relationship } from '../../core/relationship/relationship.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../../store/db.ts'
import { type LiveHazard, readLiveHazard, readLiveShop } from '../../store/live-models.ts'
import { readLog } from '../../store/log.ts'
import type { CustomerRead } from '../../store/views/customer-view.ts'

/** What is foreseen of a customer beside leaving. Asks the database only for what applies to this customer. */
export async function foresee(
  tx: Tx,
  read: CustomerRead,
  state: Relationship,
  { ahead, at, locale }: Readonly<{ ahead: Forecast; at: Instant; locale: Locale }>,
): Promise<ScoredCustomerPage['foreseen']> {
  const hasOpenFailure = state.facts.failures.some((one) => isOpen(one, at))
  const hasLeft = state.exit.leftAt !== null
  const [retaliation, winBack, outlookNow] = await Promise.all([
    hasOpenFailure ? readLiveHazard(tx, 'retaliation') : null,
    hasLeft ? readLiveHazard(tx, 'winback') : null,
    state.facts.everSubscribed || hasLeft ? null : (scoredOutlook(ahead) ?? outlookOf(tx, read, at)),
  ])
  return {
    retaliation:
      retaliation === null
        ? null
        : told(retaliationChance(state, retaliation.model, read.model, at), retaliation, {
            months: RETALIATION_MONTHS,
            locale,
          }),
    winBack:
      winBack === null ? null : told(winBackChance(state, winBack.model), winBack, { months: WIN_BACK_MONTHS, locale }),
    outlook: outlookNow,
  }
}

const told = (
  chance: HazardChance | null,
  { model, dataTo }: LiveHazard,
  { months, locale }: Readonly<{ months: number; locale: Locale }>,
) =>
  chance === null
    ? null
    : {
        ...chance,
        parts: chance.parts.map((part) => ({ ...part, label: covariateLabel(locale, part.covariate) })),
        months,
        events: model.exits,
        version: model.version,
        dataTo: dataTo === null ? null : rfc3339(dataTo),
      }

type OutlookView = ScoredCustomerPage['foreseen']['outlook']

// What the value of the page is made of, where the model that scores was learned from buying.
function scoredOutlook({ there, monthsStayed, value }: Forecast): OutlookView {
  if (there === null) return null
  const { alive, ordersMonthly, orderMinor } = there
  return {
    model: 'leave',
    alive,
    months: VALUE_MONTHS,
    orders: alive * ordersMonthly * monthsStayed,
    orderValue: Math.round(orderMinor),
    value: Math.round(value.value),
  }
}

async function outlookOf(tx: Tx, read: CustomerRead, at: Instant): Promise<OutlookView> {
  if (!read.liveKinds.includes('attrition') || !read.liveKinds.includes('value')) return null
  const [models, log] = await Promise.all([readLiveShop(tx), readLog(tx, [read.customer, ...read.members])])
  if (models === undefined) return null
  const events = inForce(log)
  const life = shopLife(customerKey(read.customer), events, at, read.model)
  if (life === null) return null
  const found = outlook(life, at, { ...models, leave: read.model, ...read.settings })
  // A mean order without end (too few orders to know one) is nothing to show.
  if ('kind' in found || !Number.isFinite(found.valueMinor)) return null
  return {
    model: 'attrition',
    alive: found.alive,
    months: OUTLOOK_MONTHS,
    orders: found.orders,
    orderValue: Math.round(found.orderMinor),
    value: Math.round(found.valueMinor),
  }
}
