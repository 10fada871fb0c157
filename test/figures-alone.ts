import {
  type Estimate,
  expectedMargin,
  type Future,
  fanOf,
  leftAlonePath,
  type Margins,
  pointsOn,
  repairedPath,
  VALUE_MONTHS,
  valueOn,
} from '../src/core/goodwill/forecast.ts'
import { isRepairable } from '../src/core/goodwill/if-left-alone.ts'
import type { LeaveModel } from '../src/core/goodwill/leave-model.ts'
import type { Relationship } from '../src/core/relationship/relationship.ts'
import type { Instant } from '../src/core/time/instant.ts'

// Each figure of a forecast by itself, with a walk of its own through no more months than it needs.

const YEAR = 12

/** Points of 12 months against the reference customer. */
export const points = (state: Relationship, model: LeaveModel, at: Instant): Estimate =>
  pointsOn(leftAlonePath(state, model, at, YEAR), model)

/** Expected margin of the next 36 months, with nothing new happening and nothing more done. */
export const remainingValue = (state: Relationship, model: LeaveModel, margins: Margins, at: Instant): Estimate =>
  valueOn(leftAlonePath(state, model, at, VALUE_MONTHS), expectedMargin(state, model, margins, at), margins)

/** The fans of the next 12 months. */
export const future = (state: Relationship, model: LeaveModel, at: Instant): Future => ({
  repaired: isRepairable(state, at) ? fanOf(repairedPath(state, model, at, YEAR)) : null,
  neglected: fanOf(leftAlonePath(state, model, at, YEAR)),
})
