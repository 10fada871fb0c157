import type { GoodwillHistory } from '../../contract/show.ts'
import { at } from '../dates.ts'
import { linear, monthStarts, pieces, type Scale, ticks } from '../scale.ts'

/** Where everything of the goodwill chart stands, in pixels; drawing it is left to the component. */

const DAY = 86_400_000
const STRETCH_DAYS = 30
/** The stretched month takes this share of the width, when stretching says more than a straight axis. */
const STRETCH_SHARE = 0.56
const SHORTEST_DAYS = 7
const LABELS_MAX = 7
/** Nearer than this two balances with two decimals are one. */
const GAP_MIN = 0.005
const LETTER = 6.4

/** `without` is the balance without one let-down; null where none is left out. */
export type Point = Readonly<{ at: number; balance: number; low: number; high: number; without: number | null }>
export type MarkAt = Readonly<{
  at: number
  mark: GoodwillHistory['marks'][number]['mark']
  sentence: string
  step: number
}>
type Box = Readonly<{ x: number; y: number; width: number; height: number }>
export type Label = Readonly<{ x: number; y: number; anchor: 'start' | 'end'; text: string; mark: MarkAt['mark'] }>

/** Points of the line, with the jump of each mark drawn upright when the server told only the level after it. */
export function stepped(history: GoodwillHistory): Point[] {
  const marks = new Map<number, number>()
  for (const mark of history.marks) marks.set(at(mark.at), (marks.get(at(mark.at)) ?? 0) + mark.step)
  const told = history.points.map((point) => ({ ...point, at: at(point.at) }))
  // Several events of one instant end in one level: the last told.
  const levels = new Map(told.map((point) => [point.at, point.balance]))
  const points: Point[] = []
  for (const point of told) {
    const step = marks.get(point.at)
    const before = points.at(-1)
    if (step !== undefined && before !== undefined && before.at < point.at) {
      // The width of the band before the event is the width it had at the last point.
      const level = (levels.get(point.at) ?? point.balance) - step
      const [down, up] = [before.balance - before.low, before.high - before.balance]
      points.push({ at: point.at, balance: level, low: level - down, high: level + up, without: before.without })
    }
    points.push(point)
  }
  return points
}

/** The part of a line from an instant on; the first point is moved to that instant at its own level. */
export function cut(points: readonly Point[], from: number): Point[] {
  const inside = points.filter((point) => point.at >= from)
  const before = points.findLast((point) => point.at < from)
  return before === undefined ? inside : [{ ...before, at: from }, ...inside]
}

export type Frame = Readonly<{
  x: Scale
  y: Scale
  from: number
  to: number
  /** Where the stretched part begins, or null when the axis is straight. */
  stretchedFrom: number | null
  yTicks: readonly number[]
  xTicks: readonly Readonly<{ at: number; kind: 'month' | 'day' }>[]
}>

/** The points between which a let-down makes a difference: from just before it to the end. */
export function gapOf(points: readonly Point[]): readonly (Point & Readonly<{ without: number }>)[] {
  const known = points.flatMap((point) => (point.without === null ? [] : [{ ...point, without: point.without }]))
  const first = known.findIndex(({ balance, without }) => Math.abs(without - balance) > GAP_MIN)
  return first < 0 ? [] : known.slice(Math.max(0, first - 1))
}

type Area = Readonly<{ left: number; right: number; top: number; bottom: number }>

/** The axes: values from the band and zero, time straight, or with the last 30 days stretched when much fell in them. */
export function frameOf(
  points: readonly Point[],
  marks: readonly MarkAt[],
  { to, area, timeZone }: Readonly<{ to: number; area: Area; timeZone: string }>,
): Frame {
  // A history of minutes still gets a week of axis, so that its one step stands beside the word "today".
  const from = Math.min(points[0]?.at ?? to, to - SHORTEST_DAYS * DAY)
  const values = points.flatMap(({ low, high, without }) => [low, high, without ?? low])
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  const pad = Math.max(0.1, (high - low) * 0.06)
  const y = linear([low - pad, high + pad], [area.bottom, area.top])
  const yTicks = ticks(low - pad, high + pad, 8).filter((tick) => tick >= low - pad && tick <= high + pad)
  const border = to - STRETCH_DAYS * DAY
  const recent = marks.filter((mark) => mark.at >= border).length
  const stretch = to - from > 4 * STRETCH_DAYS * DAY && recent >= 2
  const middle = area.right - (area.right - area.left) * STRETCH_SHARE
  const x = stretch
    ? pieces([from, border, to], [area.left, middle, area.right])
    : linear([from, to], [area.left, area.right])
  return {
    x,
    y,
    from,
    to,
    stretchedFrom: stretch ? border : null,
    yTicks,
    xTicks: timeTicks(x, { from, to, border: stretch ? border : null, timeZone }),
  }
}

type Span = Readonly<{ from: number; to: number; border: number | null; timeZone: string }>

function timeTicks(x: Scale, { from, to, border, timeZone }: Span): Frame['xTicks'] {
  const end = border ?? to
  const every = [1, 2, 3, 6, 12, 24, 60].find((months) => x(from + months * 30 * DAY) - x(from) > 46) ?? 60
  const short = end - from < 130 * DAY
  const days = (first: number, last: number) => {
    const step = [1, 2, 5, 7, 14, 28].find((size) => x(first + size * DAY) - x(first) > 52) ?? 28
    const count = Math.floor((last - first) / DAY / step)
    return Array.from({ length: count }, (_, index) => ({
      at: last - (count - index) * step * DAY,
      kind: 'day' as const,
    }))
  }
  const old = short
    ? days(from, end)
    : monthStarts(from, end, timeZone, every).map((start) => ({ at: start, kind: 'month' as const }))
  return border === null ? old : [...old.filter((tick) => x(border) - x(tick.at) > 24), ...days(border, to)]
}

/** Marks of one instant are one fall: the sentence of the largest, the step of all. */
function together(marks: readonly MarkAt[]): MarkAt[] {
  const byTime = Map.groupBy(marks, (mark) => mark.at)
  return [...byTime.values()].flatMap((same) => {
    const largest = [...same].sort((a, b) => a.step - b.step)[0]
    return largest === undefined ? [] : [{ ...largest, step: same.reduce((sum, { step }) => sum + step, 0) }]
  })
}

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

function lineBoxes(points: readonly Point[], { x, y }: Frame): Box[] {
  return points.slice(1).map((point, index) => {
    const before = points[index] ?? point
    const [x1, x2] = [x(before.at), x(point.at)]
    const [y1, y2] = [y(before.balance), y(point.balance)]
    return {
      x: Math.min(x1, x2) - 2,
      y: Math.min(y1, y2) - 2,
      width: Math.abs(x2 - x1) + 4,
      height: Math.abs(y2 - y1) + 4,
    }
  })
}

/**
 * Labels beside the largest falls: the sentence where there is room for it, else the amount alone, else nothing. A
 * label never covers the line, another label, or a mark; what is left out stands in the statement and in the table.
 */
export function labelsOf(
  points: readonly Point[],
  marks: readonly MarkAt[],
  frame: Frame,
  area: Area,
  write: (step: number) => string,
): Label[] {
  const taken: Box[] = lineBoxes(points, frame)
  const labels: Label[] = []
  const wanted = together(marks)
    .filter((mark) => mark.step <= -0.05 && mark.at >= frame.from)
    .sort((a, b) => a.step - b.step)
    .slice(0, LABELS_MAX)
  for (const mark of wanted) {
    const after = points.findLast((point) => point.at <= mark.at)?.balance ?? 0
    const texts = [`${mark.sentence} ${write(mark.step)}`, write(mark.step)]
    const found = texts
      .flatMap((text) => places(mark, text, after, frame))
      .find(({ box }) => {
        const inside =
          box.x >= area.left &&
          box.x + box.width <= area.right + 4 &&
          box.y >= area.top &&
          box.y + box.height <= area.bottom
        return inside && !taken.some((other) => overlaps(box, other))
      })
    if (found === undefined) continue
    taken.push(found.box)
    labels.push(found.label)
  }
  return labels
}

function places(mark: MarkAt, text: string, after: number, { x, y }: Frame) {
  const width = text.length * LETTER
  const at = x(mark.at)
  const top = y(after - mark.step)
  const bottom = y(after)
  const spots = [
    { x: at + 8, y: (top + bottom) / 2 + 4, anchor: 'start' as const },
    { x: at + 8, y: top + 12, anchor: 'start' as const },
    { x: at + 8, y: top - 6, anchor: 'start' as const },
    { x: at - 8, y: bottom + 4, anchor: 'end' as const },
    { x: at - 8, y: bottom + 16, anchor: 'end' as const },
    { x: at + 8, y: bottom + 16, anchor: 'start' as const },
  ]
  return spots.map((spot) => ({
    label: { ...spot, text, mark: mark.mark },
    box: { x: spot.anchor === 'start' ? spot.x : spot.x - width, y: spot.y - 11, width, height: 14 },
  }))
}
