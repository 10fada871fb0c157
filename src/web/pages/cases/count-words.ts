import type { Speech } from '../../words.ts'

// The server counts so far.
const COUNT_MAX = 1_000

/** A count as far as the server counts. */
export const countWords = (amount: number, { w, count }: Speech): string =>
  amount > COUNT_MAX ? w.cases.moreThan(COUNT_MAX) : count(amount)
