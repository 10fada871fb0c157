import { MINUTE_MS } from '../core/time/instant.ts'

/** A token bucket for each name: bursts of a minute's worth, refilled evenly. */
export type RateLimit = (
  name: string,
  nowMs: number,
) => Readonly<{ allowed: boolean; limit: number; remaining: number; resetSeconds: number }>

const NAMES_MAX = 10_000

/** Allows `perMinute` uses a minute to each name. Forgets names that have been idle long enough to be full again. */
export function rateLimit(perMinute: number): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>()
  return (name, nowMs) => {
    const was = buckets.get(name) ?? { left: perMinute, at: nowMs }
    const filled = Math.min(perMinute, was.left + (Math.max(0, nowMs - was.at) / MINUTE_MS) * perMinute)
    const allowed = filled >= 1
    const left = allowed ? filled - 1 : filled
    // Deleting first keeps the map in order of last use.
    buckets.delete(name)
    buckets.set(name, { left, at: nowMs })
    const oldest = buckets.keys().next().value
    if (buckets.size > NAMES_MAX && oldest !== undefined) buckets.delete(oldest)
    return {
      allowed,
      limit: perMinute,
      remaining: Math.floor(left),
      resetSeconds: Math.ceil(((perMinute - left) / perMinute) * 60),
    }
  }
}
