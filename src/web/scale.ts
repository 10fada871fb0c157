import { DAY_MS, SECOND_MS } from '../core/time/instant.ts'
import { zoneOf } from '../core/time/zone.ts'

/** Maps a number of the data to a place on the screen, in pixels. */
export type Scale = (value: number) => number

/** A straight scale; a domain without width maps to the middle of the range. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const width = domain[1] - domain[0]
  if (width === 0) return () => (range[0] + range[1]) / 2
  return (value) => range[0] + ((value - domain[0]) / width) * (range[1] - range[0])
}

/** A scale of straight pieces that join: `at` grows, `to` are the pixels. Used to stretch the last month. */
export function pieces(at: readonly number[], to: readonly number[]): Scale {
  return (value) => {
    let index = 0
    while (index < at.length - 2 && value > (at[index + 1] ?? 0)) index += 1
    const [from, until] = [at[index] ?? 0, at[index + 1] ?? 1]
    return linear([from, until], [to[index] ?? 0, to[index + 1] ?? 1])(value)
  }
}

/** Round steps 1, 2, 5 times a power of ten, about `wanted` of them, all within the domain or one step outside. */
export function ticks(low: number, high: number, wanted = 5): number[] {
  if (!(high > low)) return [low]
  const raw = (high - low) / wanted
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10) * power
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

const px = (value: number) => Math.round(value * 10) / 10

/** The path of a line through points in pixels. */
export const linePath = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('')

/** The path of an area between an upper and a lower line, both from left to right. */
export const bandPath = (
  upper: readonly (readonly [number, number])[],
  lower: readonly (readonly [number, number])[],
): string => (upper.length === 0 ? '' : `${linePath([...upper, ...lower.toReversed()])}Z`)

/** First instants of months on the wall of a time zone, from `from` up to `to`, every `every` months from January. */
export function monthStarts(from: number, to: number, timeZone: string, every = 1): number[] {
  const zone = zoneOf(timeZone)
  const found: number[] = []
  const start = 1970 + Math.floor(from / (365.25 * DAY_MS)) - 1
  for (let index = 0; index < 12 * 80; index += 1) {
    const first = Date.UTC(start, index, 1)
    const at = zone === null ? first : zone.startOf(first / DAY_MS) * 60 * SECOND_MS
    if (at > to) break
    if (at >= from && index % every === 0) found.push(at)
  }
  return found
}
