/** Remedies of which the customer chooses one: agreed with her, not for her. */
import { assert } from '../assert.ts'
import { type Instant, instant } from '../time/instant.ts'
import type { Remedy } from './case-entry.ts'

/** As few as make a choice, and as many as fit on one screen beside "something else". */
const CHOICES_MIN = 1
const CHOICES_MAX = 3
/** An offer stays open so long at most. */
const OFFER_DAYS_MAX = 30

/** One choice: the remedy, and what happens then, in words that she reads. */
export type RemedyChoice = Readonly<{
  what: string
  happens: string
  fixBy: Instant
  valueMinor: number
  form: 'refund' | 'voucher' | 'credit' | null
}>

/** What is asked of an offer before it is made. */
export type OfferDraft = Readonly<{
  choices: readonly RemedyChoice[]
  always: Readonly<{ valueMinor: number }> | null
  until: Instant
}>

/** What the choice at a place is worth with what comes in any case. */
const offerValue = ({ choices, always }: Pick<OfferDraft, 'choices' | 'always'>, place: number): number =>
  (choices[place]?.valueMinor ?? 0) + (always?.valueMinor ?? 0)

/** The most that an offer may come to. */
export const offerValueMax = (draft: Pick<OfferDraft, 'choices' | 'always'>): number =>
  Math.max(...draft.choices.map((_, place) => offerValue(draft, place)))

/** So much of a choice is given as a voucher at once. */
export const voucherValue = ({ choices, always }: Pick<OfferDraft, 'choices' | 'always'>, place: number): number =>
  (always?.valueMinor ?? 0) + (choices[place]?.form === 'voucher' ? (choices[place]?.valueMinor ?? 0) : 0)

/** The remedy that is agreed when the choice at a place is taken. */
export function remedyChosen(offer: Pick<OfferDraft, 'choices' | 'always'>, place: number): Remedy {
  const choice = offer.choices[place]
  assert(choice !== undefined, 'a choice has a place in its offer')
  const form = choice.valueMinor > 0 ? choice.form : offer.always === null ? null : 'voucher'
  return { what: choice.what, fixBy: choice.fixBy, valueMinor: offerValue(offer, place), form }
}

/** What is wrong with an offer; null when it can be made. */
export function wrongOffer({ choices, always, until }: OfferDraft, now: Instant): string | null {
  if (choices.length < CHOICES_MIN || choices.length > CHOICES_MAX) return 'choices'
  if (new Set(choices.map(({ what }) => what.trim().toLowerCase())).size < choices.length) return 'choices'
  if (until <= now || until > instant(now + OFFER_DAYS_MAX * 86_400_000)) return 'until'
  // What would be promised for a moment at which the customer may still choose would be broken by her choice.
  const early = choices.findIndex(({ fixBy }) => fixBy <= until)
  if (early >= 0) return `choices/${early}/fixBy`
  const bare = choices.findIndex(({ valueMinor, form }) => valueMinor > 0 && form === null)
  if (bare >= 0) return `choices/${bare}/form`
  return always !== null && always.valueMinor <= 0 ? 'always' : null
}
