import type { Instant } from './instant.ts'
import type { LeaveModel } from './leave-model.ts'
import type { Relationship } from './relationship.ts'

/** An estimate with its 80 % interval. */
export type Estimate = Readonly<{ value: number; low: number; high: number }>

/** Chance to be still there, month 0 to 12. */
export type Fan = Readonly<{
  median: readonly number[]
  low80: readonly number[]
  high80: readonly number[]
  low50: readonly number[]
  high50: readonly number[]
}>

/** What a customer earns the firm. */
export type Margins = Readonly<{ marginShare: number; discountMonthly: number; currency: string }>

export type AtStake = Readonly<{ amount: Estimate; repaired: Estimate; neglected: Estimate }>

export declare function stay(state: Relationship, model: LeaveModel, at: Instant, months: number): Estimate
export declare function future(
  state: Relationship,
  model: LeaveModel,
  at: Instant,
): Readonly<{ repaired: Fan | null; neglected: Fan }>
export declare function remainingValue(state: Relationship, model: LeaveModel, margins: Margins, at: Instant): Estimate
/** Null when no failure is open and none was closed in the last 90 days with a step missed. */
export declare function atStake(state: Relationship, model: LeaveModel, margins: Margins, at: Instant): AtStake | null
export declare function referenceStay(model: LeaveModel): number
/** 100 x (chance to stay 12 months - that of the reference customer). */
export declare function points(state: Relationship, model: LeaveModel, at: Instant): Estimate
/** Goodwill balance with its 80 % interval from the slopes. */
export declare function goodwillEstimate(state: Relationship, model: LeaveModel, at: Instant): Estimate
