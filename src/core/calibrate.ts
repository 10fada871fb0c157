import type { Instant } from './instant.ts'
import type { LeaveModel } from './leave-model.ts'
import type { Relationship } from './relationship.ts'

export type Calibration =
  | Readonly<{ kind: 'calibrated'; model: LeaveModel; exits: number; monthsAtRisk: number; rate: number }>
  | Readonly<{
      kind: 'unknown'
      because: 'too-few-exits' | 'too-few-months'
      needed: Readonly<{ exits: number; monthsAtRisk: number }>
      exits: number
      monthsAtRisk: number
      /** The prior intercept with the centres and norms that could be counted. */
      model: LeaveModel
    }>

/** Pass 1: observe every state. Pass 2: weigh every state again. Then finish. */
export type Calibrator = Readonly<{
  observe: (state: Relationship) => void
  weigh: (state: Relationship) => void
  finish: (version: number) => Calibration
}>

export declare function calibrator(model: LeaveModel, at: Instant): Calibrator
