/** Why there is no result. A caller switches on this word; the sentence is for people. */
export type RefusalReason =
  | 'not-a-number'
  | 'lengths-differ'
  | 'impossible-row'
  | 'impossible-parameter'
  | 'too-few'
  | 'all-zero'
  | 'separated'
  | 'not-identified'
  | 'not-converged'

/** The answer of an estimator that has no honest number to give. */
export type Refusal = Readonly<{ kind: 'refused'; because: RefusalReason; say: string }>

/** Builds a refusal; the sentence names the place and the way out, in plain English. */
export function refuse(because: RefusalReason, say: string): Refusal {
  return { kind: 'refused', because, say }
}
