import { describe, expect, test } from 'vitest'
import { hasReference, readCdnow, readCdnowDays, readCdnowHoldOut } from '../../../test/reference-data.ts'
import { bgNbdExpectedNew, fitBgNbd, scoreBgNbd } from './bg-nbd.ts'
import { fitMbgNbd, mbgNbdExpectedNew, scoreMbgNbd } from './mbg-nbd.ts'
import { fitParetoNbd, paretoNbdExpectedNew, scoreParetoNbd } from './pareto-nbd.ts'

function compare(expected: Float64Array, happened: Float64Array) {
  const n = expected.length
  const mean = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0) / n
  const [meanExpected, meanHappened] = [mean(expected), mean(happened)]
  const off = expected.map((value, i) => value - (happened[i] ?? 0))
  const product = mean(expected.map((value, i) => (value - meanExpected) * ((happened[i] ?? 0) - meanHappened)))
  const spread = (column: Float64Array, middle: number) => Math.sqrt(mean(column.map((value) => (value - middle) ** 2)))
  return [
    (meanExpected * n).toFixed(1),
    mean(off.map(Math.abs)).toFixed(4),
    Math.sqrt(mean(off.map((value) => value * value))).toFixed(4),
    (product / (spread(expected, meanExpected) * spread(happened, meanHappened))).toFixed(4),
  ]
}

/**
 * Mean distance, in percent, of the purchases expected of all since they first bought from those that came, up to the
 * end of each of weeks 40 to 78. A week ends before its eighth day begins, as the packages count that printed this.
 */
function trackingError(expectedNew: (weeks: number) => number): string {
  const { first, repeats } = readCdnowDays()
  let sum = 0
  for (let week = 40; week <= 78; week++) {
    const expected = first.reduce((total, day) => total + expectedNew(week - day / 7), 0)
    sum += Math.abs(expected / repeats.filter((day) => day < week * 7).length - 1)
  }
  return ((sum / 39) * 100).toFixed(2)
}

// Each row: purchases predicted for weeks 40 to 78, mean absolute error, root mean square error, correlation; then the
// cumulative error in percent.
describe.skipIf(!hasReference('cdnow_days.csv'))(
  'CDNOW, fitted to 39 weeks, tried on the next 39 (needs ../shared/data)',
  () => {
    test('1,882 purchases happened', () => {
      expect(readCdnowHoldOut().reduce((sum, count) => sum + count, 0)).toBe(1_882)
    })
    test('BG/NBD', () => {
      const fit = fitBgNbd(readCdnow('rounded-weeks'))
      if (fit.kind === 'refused') throw new Error(fit.say)
      const { expected } = scoreBgNbd(fit.parameters, readCdnow('rounded-weeks'), 39)
      expect(compare(expected, readCdnowHoldOut())).toEqual(['1653.4', '0.7855', '1.6080', '0.6256'])
      expect(trackingError((weeks) => bgNbdExpectedNew(fit.parameters, weeks))).toBe('2.52')
    })
    test('MBG/NBD', () => {
      const fit = fitMbgNbd(readCdnow('rounded-weeks'))
      if (fit.kind === 'refused') throw new Error(fit.say)
      const { expected } = scoreMbgNbd(fit.parameters, readCdnow('rounded-weeks'), 39)
      expect(compare(expected, readCdnowHoldOut())).toEqual(['1576.7', '0.7648', '1.6072', '0.6272'])
      expect(trackingError((weeks) => mbgNbdExpectedNew(fit.parameters, weeks))).toBe('4.00')
    })
    test('Pareto/NBD', () => {
      const fit = fitParetoNbd(readCdnow('rounded-weeks'))
      if (fit.kind === 'refused') throw new Error(fit.say)
      const { expected } = scoreParetoNbd(fit.parameters, readCdnow('rounded-weeks'), 39)
      expect(compare(expected, readCdnowHoldOut())).toEqual(['1665.5', '0.7545', '1.6029', '0.6302'])
      expect(trackingError((weeks) => paretoNbdExpectedNew(fit.parameters, weeks))).toBe('1.33')
    })
  },
)
