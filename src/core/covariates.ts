import type { Instant } from './instant.ts'
import type { LeaveModel } from './leave-model.ts'
import type { Relationship } from './relationship.ts'

export declare function covariates(state: Relationship, model: LeaveModel, at: Instant): Float64Array
export declare function linearPredictor(state: Relationship, model: LeaveModel, at: Instant): number
