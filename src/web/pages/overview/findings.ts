import type { Overview } from '../../../contract/overview.ts'

export type Cause = Overview['causes'][number]

/** How the last full week of a cause lies to its usual range; undefined when what is usual is not known. */
export function leaning(cause: Cause): 'above' | 'below' | 'usual' | undefined {
  const last = cause.weeks.at(-1)
  if (last === undefined || cause.usualLow === null || cause.usualHigh === null) return undefined
  if (last > cause.usualHigh) return 'above'
  return last < cause.usualLow ? 'below' : 'usual'
}

/** How far a cause left its usual range, in events a week; 0 within it. */
export function excess(cause: Cause): number {
  const last = cause.weeks.at(-1) ?? 0
  if (leaning(cause) === 'above') return last - (cause.usualHigh ?? 0)
  if (leaning(cause) === 'below') return (cause.usualLow ?? 0) - last
  return 0
}

/** The cause that rose most above its usual range, else the one that fell most below it, else undefined. */
export function standsOut(causes: readonly Cause[]): Cause | undefined {
  const by = (side: 'above' | 'below') =>
    causes.filter((cause) => leaning(cause) === side).sort((a, b) => excess(b) - excess(a))[0]
  return by('above') ?? by('below')
}

/** The causes to draw: those outside their range first to be kept, then by size; in order of size. */
export function chosenCauses(causes: readonly Cause[], most: number): Cause[] {
  const size = (cause: Cause) => cause.weeks.slice(-4).reduce((sum, week) => sum + week, 0)
  const kept = [...causes]
    .sort((a, b) => Number(excess(b) > 0) - Number(excess(a) > 0) || size(b) - size(a))
    .slice(0, most)
  return kept.sort((a, b) => size(b) - size(a))
}

/** How the count of let-downs lies to the usual: the distance to the nearer end, 0 within, undefined when unknown. */
export function againstUsual({ count, usualLow, usualHigh }: Overview['letDown']): number | undefined {
  if (usualLow === null || usualHigh === null) return undefined
  const middle = Math.round((usualLow + usualHigh) / 2)
  return count >= usualLow && count <= usualHigh ? 0 : count - middle
}
