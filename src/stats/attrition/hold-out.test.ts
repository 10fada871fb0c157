import { expect, test } from 'vitest'
import { foretellFirm, foretellPareto, type HeldOutMonths } from '../../../test/failing-firms.ts'

const better = ({ pareto, bg }: HeldOutMonths): number => Math.max(pareto ?? Number.NaN, bg ?? Number.NaN)

test('where failures drive customers away, held-out months are foreseen better than without them', () => {
  const found = foretellFirm(1.5, 'held out')
  expect(found.latent).toBeGreaterThan(better(found) + 10)
})

test('where they do not, no worse', () => {
  const found = foretellFirm(0, 'held out')
  expect(found.latent).toBeGreaterThan(better(found))
})

test('and among customers made by Pareto/NBD, as well as Pareto/NBD but for one in a thousand', () => {
  const { latent, pareto, bg } = foretellPareto()
  expect(latent / (pareto ?? Number.NaN)).toBeLessThan(1.002)
  expect(latent).toBeGreaterThan(bg ?? Number.NaN)
})
