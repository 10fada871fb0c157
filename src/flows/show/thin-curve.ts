/** A curve in time with a mark on what must stay: `step` is how far it jumps at this point, 0 where it only drifts. */
export type CurvePoint = Readonly<{ at: number; step: number }>

/**
 * At most `pointsMax` of the points, in their order, the same every time: first and last, then the ends of the
 * greatest steps, then the others spread evenly. A step is two points of one instant, before and after, which stay
 * or go together. With fewer points than that, all of them.
 */
export function thinCurve<Point extends CurvePoint>(points: readonly Point[], pointsMax: number): readonly Point[] {
  if (points.length <= pointsMax) return points
  const kept = new Set<number>([0, points.length - 1])
  const steps = points
    .map(({ step }, index) => ({ size: Math.abs(step), index }))
    .filter(({ size, index }) => size > 0 && index > 0)
    .toSorted((a, b) => b.size - a.size || a.index - b.index)
  // A quarter stays for the drift between the steps, else a long quiet time would become one straight line.
  const forSteps = Math.floor(pointsMax * 0.75)
  for (const { index } of steps) {
    if (kept.size + 2 > forSteps) break
    kept.add(index - 1).add(index)
  }
  const others = points.map((_, index) => index).filter((index) => !kept.has(index) && points[index]?.step === 0)
  const room = pointsMax - kept.size
  const stride = others.length / Math.max(1, room)
  for (let taken = 0; taken < Math.min(room, others.length); taken += 1) {
    const index = others[Math.floor(taken * Math.max(1, stride))]
    if (index !== undefined) kept.add(index)
  }
  return points.filter((_, index) => kept.has(index))
}
