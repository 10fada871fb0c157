// Seeded random numbers. The generator is passed in wherever chance is needed, so that a run
// can be repeated to the last bit: same seed, same numbers, on any machine.

/** A source of random numbers with its own state; two with the same seed give the same numbers. */
export type Rng = Readonly<{
  /** Uniform on the open interval (0, 1), 53 bits; never 0, so that its logarithm is finite. */
  uniform: () => number
  /** Standard normal: mean 0, variance 1. */
  normal: () => number
  /** Gamma with the given shape and scale 1; divide by a rate to get another scale. */
  gamma: (shape: number) => number
  /** Beta on (0, 1) with mean a / (a + b). */
  beta: (a: number, b: number) => number
  /** Poisson count with the given mean; 0 for a mean of 0. */
  poisson: (mean: number) => number
  /** Exponential with mean 1. */
  exponential: () => number
  /** Successes in a number of independent trials of equal chance. */
  binomial: (trials: number, chance: number) => number
  /** Whole number from 0 to n - 1, each equally likely. */
  int: (n: number) => number
  /** Independent generator named by the key. Does not advance this one, so the order of splits is irrelevant. */
  split: (key: string | number) => Rng
}>

/** Makes the generator of a seed. Numbers and texts are different seeds even when they read the same. */
export function rng(seed: number | string): Rng {
  return fromKey(`${typeof seed}:${seed}`)
}

// A generator remembers the path of keys that led to it, so that a split depends on names only.
function fromKey(path: string): Rng {
  const bits = sfc32(hash128(path))
  const uniform = () => uniform53(bits)
  const exponential = () => -Math.log(uniform())
  const normal = polarNormal(uniform)
  const gamma = (shape: number) => drawGamma(shape, uniform, normal)
  const beta = (a: number, b: number) => drawBeta(a, b, uniform, gamma)
  const binomial = (trials: number, chance: number) => drawBinomial(trials, chance, uniform, beta)
  const poisson = (mean: number) => drawPoisson(mean, uniform, gamma, binomial)
  const int = (n: number) => Math.floor(uniform() * n)
  // The length keeps two keys apart from one key that contains the mark between them.
  const split = (key: string | number) => fromKey(`${path}/${typeof key}:${String(key).length}:${key}`)
  return { uniform, normal, gamma, beta, poisson, exponential, binomial, int, split }
}

type Bits32 = () => number

// Doty-Humphrey's Small Fast Counter, 32-bit (PractRand): 128 bits of state, passes BigCrush, and is
// a handful of 32-bit operations, which JavaScript engines keep out of the heap.
function sfc32(seed: Uint32Array): Bits32 {
  let a = seed[0] ?? 0
  let b = seed[1] ?? 0
  let c = seed[2] ?? 0
  let counter = seed[3] ?? 0
  const next = () => {
    const out = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + out) | 0
    return out >>> 0
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) next()
  return next
}

// Four independent 32-bit FNV-1a hashes of the key, each finished by the murmur3 mixer.
function hash128(text: string): Uint32Array {
  const state = Uint32Array.of(0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35)
  for (let i = 0; i < text.length; i++) {
    for (let lane = 0; lane < 4; lane++) {
      state[lane] = Math.imul((state[lane] ?? 0) ^ (text.charCodeAt(i) + lane * 0x1000193), 0x01000193)
    }
  }
  return state.map(mix32)
}

function mix32(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

// The centre of one of 2^53 equal cells, hence never 0; the last cell would round up to 1.
function uniform53(bits: Bits32): number {
  const high = bits() >>> 5
  const low = bits() >>> 6
  const cell = high * 67108864 + low
  return cell === 9007199254740991 ? 1 - 2 ** -53 : (cell + 0.5) / 9007199254740992
}

// Marsaglia and Bray (1964), SIAM Review 6, the polar method; the second of each pair is kept.
function polarNormal(uniform: () => number): () => number {
  let kept = Number.NaN
  return () => {
    if (!Number.isNaN(kept)) {
      const out = kept
      kept = Number.NaN
      return out
    }
    for (;;) {
      const u = 2 * uniform() - 1
      const v = 2 * uniform() - 1
      const s = u * u + v * v
      if (s >= 1 || s === 0) continue
      const scale = Math.sqrt((-2 * Math.log(s)) / s)
      kept = v * scale
      return u * scale
    }
  }
}

// Marsaglia and Tsang (2000), ACM TOMS 26; below shape 1 by the power of a uniform (their section 6).
function drawGamma(shape: number, uniform: () => number, normal: () => number): number {
  if (!(shape > 0) || shape === Number.POSITIVE_INFINITY) return Number.NaN
  if (shape < 1) return drawGamma(shape + 1, uniform, normal) * uniform() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = normal()
    const v = (1 + c * z) ** 3
    if (v > 0 && Math.log(uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v
  }
}

// Two gammas can both underflow when a and b are small; Johnk's method in logarithms cannot.
function drawBeta(a: number, b: number, uniform: () => number, gamma: (shape: number) => number): number {
  if (!(a > 0 && b > 0)) return Number.NaN
  if (a > 1 || b > 1) {
    const first = gamma(a)
    return first / (first + gamma(b))
  }
  for (;;) {
    const x = Math.log(uniform()) / a
    const y = Math.log(uniform()) / b
    const top = Math.max(x, y)
    const logSum = top + Math.log(Math.exp(x - top) + Math.exp(y - top))
    if (logSum <= 0) return Math.exp(x - logSum)
  }
}

const COUNT_DIRECT_MAX = 16

// Ahrens and Dieter (1974), Computing 12: a large mean is cut by a gamma waiting time until counting is cheap.
function drawPoisson(
  mean: number,
  uniform: () => number,
  gamma: (shape: number) => number,
  binomial: (trials: number, chance: number) => number,
): number {
  if (!(mean >= 0) || mean === Number.POSITIVE_INFINITY) return Number.NaN
  let count = 0
  let left = mean
  while (left > COUNT_DIRECT_MAX) {
    const jump = Math.floor((left * 7) / 8)
    const wait = gamma(jump)
    if (wait > left) return count + binomial(jump - 1, left / wait)
    count += jump
    left -= wait
  }
  const floor = Math.exp(-left)
  for (let product = uniform(); product > floor; product *= uniform()) count++
  return count
}

// Ahrens and Dieter (1974): the middle of the ordered uniforms is a beta, which halves the trials each time.
function drawBinomial(
  trials: number,
  chance: number,
  uniform: () => number,
  beta: (a: number, b: number) => number,
): number {
  if (!(trials >= 0 && chance >= 0 && chance <= 1)) return Number.NaN
  let count = 0
  let left = trials
  let p = chance
  while (left > COUNT_DIRECT_MAX) {
    const below = 1 + Math.floor(left / 2)
    const middle = beta(below, left + 1 - below)
    if (middle >= p) {
      left = below - 1
      p = p / middle
    } else {
      count += below
      left -= below
      p = (p - middle) / (1 - middle)
    }
  }
  for (let trial = 0; trial < left; trial++) if (uniform() < p) count++
  return count
}
