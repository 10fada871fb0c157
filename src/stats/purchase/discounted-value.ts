/** How to count the future: so many periods of one length, each discounted by a rate once more than the one before. */
export type Horizon = Readonly<{ periodCount: number; periodLength: number; ratePerPeriod: number }>

/**
 * Present value of purchases still expected: what each period adds to `expectedWithin` (purchases expected in the next
 * so much time), discounted at the end of that period and multiplied by the value of one. Works with every purchase
 * model; with `periodCount` periods it leaves out what comes later, and says nothing about margins that change. NaN for
 * periods that are not a whole number of positive length, a rate of -1 or less, and what `expectedWithin` cannot say.
 */
export function discountedValue(
  expectedWithin: (time: number) => number,
  valueOfOne: number,
  { periodCount, periodLength, ratePerPeriod }: Horizon,
): number {
  const isPossible =
    Number.isInteger(periodCount) && periodCount >= 0 && isAbove(periodLength, 0) && isAbove(ratePerPeriod, -1)
  if (!isPossible || !Number.isFinite(valueOfOne)) return Number.NaN
  let sum = 0
  let before = 0
  for (let period = 1; period <= periodCount; period++) {
    const until = expectedWithin(period * periodLength)
    sum += (until - before) * (1 + ratePerPeriod) ** -period
    before = until
  }
  return sum * valueOfOne
}

function isAbove(value: number, bound: number): boolean {
  return value > bound && value < Number.POSITIVE_INFINITY
}
