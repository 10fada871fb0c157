/** What waits for its time while a history is gone through again: who rings first stands first. */
import type { Instant } from './instant.ts'

type Waiting = Readonly<{ wakeAt: Instant }>

/** The line with one more in it, in its place. */
export const joining = <One extends Waiting>(line: readonly One[], one: One): readonly One[] =>
  [...line, one].toSorted((a, b) => a.wakeAt - b.wakeAt)

/** Rings for everybody in a line whose time comes before an instant; who is rung for may have others join. */
export function ringUntil<One extends Waiting>(
  until: Instant,
  going: { waiting: readonly One[] },
  ring: (one: One) => void,
): void {
  for (;;) {
    const [next, ...others] = going.waiting
    if (next === undefined || next.wakeAt >= until) return
    going.waiting = others
    ring(next)
  }
}
