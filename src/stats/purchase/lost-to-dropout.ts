import { logBeta } from '../gamma-function.ts'
import { gaussLegendre } from '../gauss-legendre.ts'

const TERMS_MAX = 5_000_000
// What is this many times the result has taken so many of its 16 digits with it.
const LOSS_MAX = 1e3
// From here on the series takes over 40,000 terms, and what z has lost to rounding shows: at z = 1 - 1e-20, which is 1,
// it was wrong in the fifth digit.
const SERIES_UP_TO = 0.999

/**
 * c / e * [1 - (1 - z)^e 2F1(e, c - m; c; z)] with e = a - 1 and c = a + b - 1, for 0 <= z < 1, given -log(1 - z): the
 * factor that every expected count of the beta-geometric models has in common, for chances to leave that are
 * Beta(a, b) and rates of shape m. It is summed so that e = 0 and c = 0, where the printed formula divides by zero, are
 * ordinary points. Equal to the papers' form by Euler's transformation, DLMF 15.8.1, which also makes the series short
 * for customers with many purchases. Where customers buy at much the same rate (a large m) c - m is far below zero and
 * the terms cancel; where nearly nobody buys (m far below c) their sum cancels; the count is then integrated over the
 * chance of leaving instead.
 */
export function dropoutFactor(a: number, b: number, m: number, z: number, minusLogOneMinusZ: number): number {
  if (z > SERIES_UP_TO) return integrated(a, b, m, minusLogOneMinusZ)
  const e = a - 1
  const c = a + b - 1
  const second = c - m
  const power = e === 0 ? -minusLogOneMinusZ : Math.expm1(-e * minusLogOneMinusZ) / e
  let term = z * second
  let sum = term
  let largest = Math.abs(term)
  for (let j = 1; j < TERMS_MAX; j++) {
    const ratio = (((e + j) * (second + j)) / ((c + j) * (j + 1))) * z
    term *= ratio
    sum += term
    const size = Math.abs(term)
    if (size > largest) largest = size
    if (size <= Math.abs(sum) * 1e-17 * (1 - z) && ratio < 1) {
      const head = c * power
      const result = -(head + sum * (1 + e * power))
      const most = LOSS_MAX * result
      const isSound = result < Number.POSITIVE_INFINITY && largest <= most && Math.abs(head) <= most
      return isSound ? result : integrated(a, b, m, minusLogOneMinusZ)
    }
    if (size === Number.POSITIVE_INFINITY) break
  }
  return integrated(a, b, m, minusLogOneMinusZ)
}

const PANEL = gaussLegendre(20)
const PANEL_LENGTH = 3
const PANELS_MIN = 16
// What lies beyond has weight e^-42.
const DROP_MAX = 42

// Mean over p ~ Beta(a, b) of (1 - (1 + p y)^-m) / p: purchases of a customer who leaves with chance p after each, whose
// rate is Gamma(m, .), y being the time over the scale of that rate. Positive throughout, so nothing cancels; in the
// log-odds of p the integrand is smooth with its nearest singularity pi away.
function integrated(a: number, b: number, m: number, logOnePlusY: number): number {
  const y = Math.expm1(logOnePlusY)
  const logWeight = (w: number) => -a * softplus(-w) - b * softplus(w)
  const count = (w: number) => {
    const p = 1 / (1 + Math.exp(-w))
    return p * y > 1e-300 ? -Math.expm1(-m * Math.log1p(p * y)) / p : m * y
  }
  // For a < 1 and a long time most purchases come from the few who hardly ever leave, far below the peak of the weight.
  const size = (w: number) => logWeight(w) + Math.log(count(w))
  const bends = [Math.log(a / b), -Math.log(m * y)]
  const floor = Math.max(...bends.map(size)) - DROP_MAX
  const high = bends.filter((w) => size(w) > floor)
  // Beyond these it is exp(a w) below and exp(-b w) above, to the last bit: for a small a or b that goes on for ever.
  const lowest = -Math.max(0, Math.log((m + 1) * y), Math.log(b)) - DROP_MAX
  const highest = Math.max(0, Math.log(m + 1), Math.log(a)) + DROP_MAX
  const from = Math.max(lowest, whereDropped(size, Math.min(...high), -1, floor))
  const to = Math.min(highest, whereDropped(size, Math.max(...high), 1, floor))
  const panels = Math.max(PANELS_MIN, Math.ceil((to - from) / PANEL_LENGTH))
  const scale = logBeta(a, b)
  let sum = 0
  for (let panel = 0; panel < panels; panel++) {
    for (let j = 0; j < PANEL.nodes.length; j++) {
      const w = from + ((panel + (PANEL.nodes[j] ?? 0)) * (to - from)) / panels
      sum += (PANEL.weights[j] ?? 0) * Math.exp(logWeight(w) - scale) * count(w)
    }
  }
  const below = from > lowest ? 0 : Math.exp(size(from) - scale) / a
  const above = to < highest ? 0 : Math.exp(size(to) - scale) / b
  return (sum * (to - from)) / panels + below + above
}

// log(1 + e^w); e^w alone is more than a number can hold from 710 on.
function softplus(w: number): number {
  return Math.max(w, 0) + Math.log1p(Math.exp(-Math.abs(w)))
}

// Walks from the side of a hill until it has dropped to the floor, doubling the step and then halving it.
function whereDropped(value: (w: number) => number, peak: number, direction: 1 | -1, floor: number): number {
  let step = 1
  while (value(peak + direction * step) > floor && step < 1e6) step *= 2
  for (let low = step / 2, halving = 0; halving < 20; halving++) {
    const middle = (low + step) / 2
    if (value(peak + direction * middle) > floor) low = middle
    else step = middle
  }
  return peak + direction * step
}
