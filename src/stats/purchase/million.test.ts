import { expect, test } from 'vitest'
import { hasReference, readReference } from '../../../test/reference-data.ts'
import { fitBgNbd } from './bg-nbd.ts'
import { fitParetoNbd } from './pareto-nbd.ts'

test.skipIf(!hasReference('bgnbd_1m.csv.gz'))(
  'a million customers: the log-likelihoods of the best peers (needs ../shared/data)',
  () => {
    const { x, t_x, T } = readReference('bgnbd_1m.csv.gz', ['x', 't_x', 'T'])
    const histories = { repeatCount: x, lastAt: t_x, observedFor: T }
    const [bgNbd, paretoNbd] = [fitBgNbd(histories), fitParetoNbd(histories)]
    if (bgNbd.kind === 'refused' || paretoNbd.kind === 'refused') throw new Error('a fit was expected')
    expect(bgNbd.logLikelihood).toBeCloseTo(-13884313.4259, 3)
    // Peers print two decimals here.
    expect(paretoNbd.logLikelihood).toBeCloseTo(-13935811.39, 1)
  },
  120_000,
)
