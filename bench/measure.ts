/** One line of the result. */
export type Measure = Readonly<{
  name: string
  value: number
  unit: string
  /** The best that could be hoped for, measured in the same run. */
  ceiling: number
  /** value / ceiling: of a speed the share that is reached, of a time how many times as long. */
  ratio: number
}>

/** A thing to measure: named on the command line with `--only`. */
export type Bench = Readonly<{ key: string; about: string; run: () => Promise<readonly Measure[]> }>

/** Simulated firms of the recovery benches have seeds from here on: other ones are other firms. */
export const FIRST_SEED = Number(process.env.AMENDS_BENCH_SEED ?? 1)

/** A result with its ratio. */
export const against = (name: string, unit: string, value: number, ceiling: number): Measure => ({
  name,
  value,
  unit,
  ceiling,
  ratio: value / ceiling,
})

/** Seconds that each of several works takes: the median of the rounds, taken in turn so that all share the weather. */
export const secondsOf = (works: readonly (() => unknown)[], rounds = 9): readonly number[] =>
  mediansOf(works, rounds, () => performance.now() / 1_000)

/** The same in processor time of this process: what else the machine does counts little. */
export const processorSecondsOf = (works: readonly (() => unknown)[], rounds = 9): readonly number[] =>
  mediansOf(works, rounds, () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000_000
  })

function mediansOf(works: readonly (() => unknown)[], rounds: number, clock: () => number): readonly number[] {
  const taken = works.map((): number[] => [])
  // The first rounds only warm the compiler.
  for (let round = -3; round < rounds; round += 1) {
    for (const [place, work] of works.entries()) {
      const start = clock()
      work()
      if (round >= 0) taken[place]?.push(clock() - start)
    }
  }
  return taken.map((seconds) => seconds.sort((a, b) => a - b)[seconds.length >> 1] ?? Number.NaN)
}
