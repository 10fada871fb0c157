import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lbfgs } from './lbfgs.ts'
import { cholesky, inverse, maxAbs, scaledCondition, solve, symmetricEigenvalues } from './linear-algebra.ts'
import { newton } from './optimize.ts'
import { rng } from './rng.ts'

const row = (...values: number[]) => Float64Array.from(values)

function randomPositive(n: number, seed: number): Float64Array {
  const source = rng(seed)
  const half = Float64Array.from({ length: n * n }, source.normal)
  return Float64Array.from({ length: n * n }, (_, at) => {
    const i = Math.floor(at / n)
    const j = at % n
    let sum = i === j ? 0.1 : 0
    for (let k = 0; k < n; k++) sum += (half[i * n + k] ?? 0) * (half[j * n + k] ?? 0)
    return sum
  })
}

describe('linear algebra', () => {
  test('the inverse times the matrix is one, and solving agrees with it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (n, seed) => {
        const matrix = randomPositive(n, seed)
        const factor = cholesky(matrix, n)
        if (factor.kind !== 'factored') throw new Error('a positive definite matrix was not factored')
        const back = inverse(factor)
        const right = Float64Array.from({ length: n }, (_, i) => i + 1)
        const x = solve(factor, right)
        for (let i = 0; i < n; i++) {
          let sum = 0
          for (let j = 0; j < n; j++) sum += (back[i * n + j] ?? 0) * (right[j] ?? 0)
          expect(Math.abs(sum - (x[i] ?? 0))).toBeLessThan(1e-9 * (1 + Math.abs(sum)))
        }
      }),
      { numRuns: 50 },
    )
  })
  test('a copied column is found, and named', () => {
    expect(cholesky(row(1, 2, 2, 4), 2)).toEqual({ kind: 'not-positive-definite', row: 1 })
    expect(cholesky(row(1, Number.NaN, Number.NaN, 1), 2).kind).toBe('not-positive-definite')
  })
  test('eigenvalues of a known matrix, and a condition that ignores units', () => {
    const values = symmetricEigenvalues(row(2, -1, 0, -1, 2, -1, 0, -1, 2), 3)
    ;[2 - Math.SQRT2, 2, 2 + Math.SQRT2].forEach((wanted, i) => {
      expect(values[i]).toBeCloseTo(wanted, 14)
    })
    expect(scaledCondition(row(4, 1, 1, 1), 2)).toBeCloseTo(3, 12)
    expect(scaledCondition(row(4e12, 1e6, 1e6, 1), 2)).toBeCloseTo(3, 6)
    expect(scaledCondition(row(1, 1, 1, 1), 2)).toBeGreaterThan(1e15)
  })
})

function rosenbrock(at: Float64Array, gradient: Float64Array): number {
  let value = 0
  gradient.fill(0)
  for (let i = 0; i + 1 < at.length; i++) {
    const x = at[i] ?? 0
    const y = at[i + 1] ?? 0
    value += 100 * (y - x * x) ** 2 + (1 - x) ** 2
    gradient[i] = (gradient[i] ?? 0) - 400 * x * (y - x * x) - 2 * (1 - x)
    gradient[i + 1] = 200 * (y - x * x)
  }
  return value
}

describe('L-BFGS', () => {
  test.each([2, 10, 100])('finds the floor of the Rosenbrock valley in %d dimensions', (n) => {
    const found = lbfgs(rosenbrock, new Float64Array(n).fill(-1.2), { gradientMax: 1e-10 })
    expect(found.kind).toBe('converged')
    expect(maxAbs(found.at.map((x) => x - 1))).toBeLessThan(1e-8)
    expect(found.iterations).toBeLessThan(n * 12 + 60)
  })
  test('solves an ill-conditioned quadratic', () => {
    const found = lbfgs(
      (at, gradient) => {
        let value = 0
        for (let i = 0; i < at.length; i++) {
          const scale = 10 ** i
          value += 0.5 * scale * ((at[i] ?? 0) - i) ** 2
          gradient[i] = scale * ((at[i] ?? 0) - i)
        }
        return value
      },
      new Float64Array(6),
      { gradientMax: 1e-9 },
    )
    expect(found.kind).toBe('converged')
    expect(maxAbs(found.at.map((x, i) => x - i))).toBeLessThan(1e-8)
  })
  test('backs out of a forbidden region', () => {
    const found = lbfgs((at, gradient) => {
      const x = at[0] ?? 0
      gradient[0] = 1 - 0.001 / x
      return x > 0 ? x - 0.001 * Math.log(x) : Number.NaN
    }, row(5))
    expect(found.kind).toBe('converged')
    expect(found.at[0]).toBeCloseTo(0.001, 9)
  })
  test('says that a slope without a floor has none', () => {
    const found = lbfgs(
      (at, gradient) => {
        gradient[0] = -1
        return -(at[0] ?? 0)
      },
      row(0),
      { iterationsMax: 20 },
    )
    expect(found.kind).toBe('not-converged')
  })
})

describe('Newton', () => {
  const curvedRosenbrock = (at: Float64Array) => {
    const gradient = new Float64Array(2)
    const value = rosenbrock(at, gradient)
    const x = at[0] ?? 0
    const y = at[1] ?? 0
    return { value, gradient, hessian: row(1200 * x * x - 400 * y + 2, -400 * x, -400 * x, 200) }
  }
  test('finds the floor of the Rosenbrock valley', () => {
    const found = newton(curvedRosenbrock, row(-1.2, 1))
    expect(found).toMatchObject({ kind: 'converged' })
    expect(maxAbs(found.at.map((x) => x - 1))).toBeLessThan(1e-10)
  })
  test('leaves a saddle', () => {
    const found = newton(
      (at) => {
        const x = at[0] ?? 0
        const y = at[1] ?? 0
        return {
          value: x ** 4 - x * x + y * y,
          gradient: row(4 * x ** 3 - 2 * x, 2 * y),
          hessian: row(12 * x * x - 2, 0, 0, 2),
        }
      },
      row(0.01, 1),
    )
    expect(found.at[0]).toBeCloseTo(Math.SQRT1_2, 10)
  })
  test('names a search that runs away, and a start where nothing is defined', () => {
    const away = newton(
      (at) => ({
        value: Math.exp(-(at[0] ?? 0)),
        gradient: row(-Math.exp(-(at[0] ?? 0))),
        hessian: row(Math.exp(-(at[0] ?? 0))),
      }),
      row(0),
      { gradientMax: 0, gradientAccepted: 0 },
    )
    expect(away).toMatchObject({ kind: 'not-converged', because: 'ran-away' })
    const nowhere = newton(() => ({ value: Number.NaN, gradient: row(0), hessian: row(1) }), row(0))
    expect(nowhere).toMatchObject({ kind: 'not-converged', because: 'not-finite' })
  })
})
