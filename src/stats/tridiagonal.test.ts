import { describe, expect, test } from 'vitest'
import { symmetricEigenvalues } from './linear-algebra.ts'
import { rng } from './rng.ts'
import { eigenvaluesByReflection } from './tridiagonal.ts'

const filled = (n: number, of: (i: number, j: number) => number) =>
  Float64Array.from({ length: n * n }, (_, at) => of(Math.floor(at / n), at % n))

describe('eigenvalues by reflections', () => {
  test('of the second difference are 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 60
    const values = eigenvaluesByReflection(
      filled(n, (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
      n,
    )
    values.forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 12)
    })
  })

  test.each([1, 2, 7, 32])('are those by rotations, for %i rows', (n) => {
    const chance = rng(n)
    const half = filled(n, chance.normal)
    const full = filled(n, (i, j) => (half[i * n + j] ?? 0) + (half[j * n + i] ?? 0))
    const rotated = symmetricEigenvalues(full, n)
    eigenvaluesByReflection(full, n).forEach((value, k) => {
      expect(value).toBeCloseTo(rotated[k] ?? Number.NaN, 11)
    })
  })

  test('may be equal, and the matrix stays as it was', () => {
    const ones = filled(40, (i, j) => (i === j ? 1 : 0))
    expect([...eigenvaluesByReflection(ones, 40)]).toEqual(new Array(40).fill(1))
    const rank1 = filled(40, () => 1)
    expect(eigenvaluesByReflection(rank1, 40).at(-1)).toBeCloseTo(40, 10)
    expect(rank1.every((one) => one === 1)).toBe(true)
  })
})
