import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import { onSignOut } from '../../sign-out.ts'

/** What somebody did last that can be taken back; `whom` is the name of who got the case. */
export type Done = Readonly<{ id: string; revision: number; kind: CaseCommandWish['kind']; whom?: string | undefined }>

let last: Done | null = null
const listeners = new Set<() => void>()

const set = (next: Done | null): void => {
  last = next
  for (const changed of listeners) changed()
}

onSignOut(() => set(null))

export const lastDone = (): Done | null => last

export const listenToDone = (changed: () => void): (() => void) => {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

/** Takes an offer to undo away, unless something else was done since. */
export const hideUndo = (done: Done | null): void => {
  if (last === done && last !== null) set(null)
}

// Money that was paid and what was written cannot be taken back with one key; taking back is not taken back.
const forGood: readonly CaseCommandWish['kind'][] = ['compensate', 'note', 'undo', 'apply regime']

/** Notes what was done, so that it can be taken back for a while. */
export function noteDone(done: Done): void {
  set(forGood.includes(done.kind) ? null : done)
}
