/** Stops at once when something that must hold does not: a bug of ours or a broken machine, never a user's error. */
export function assert(holds: unknown, sentence: string): asserts holds {
  if (!holds) throw new Error(`assertion failed: ${sentence}`)
}
