import { useEffect, useRef } from 'react'
import { preferences } from './preferences.ts'

/** Keys of one page or part: the key as the keyboard names it, and what it does. */
export type Keys = Readonly<Record<string, () => unknown>>

/** What a key answers that does nothing here, so that whoever else listens may act. */
export const NOT_MINE = Symbol('not mine')

/** The key that turns a letter into a command, as the keyboard of the reader names it. */
export const COMMAND_KEY = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

const typed = new Set(['INPUT', 'TEXTAREA', 'SELECT'])

/** True while a key press writes text or belongs to an open dialog, so that no letter may act. */
function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement && ['radio', 'checkbox', 'button'].includes(target.type)) return false
  return typed.has(target.tagName) || target.isContentEditable
}

/**
 * Lets single keys act while the component is shown; never while text is typed, and not when they are turned off.
 * `isFirst`: before the keys of the page, whichever of the two was drawn earlier.
 */
export function useKeys(keys: Keys, isFirst = false): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (!preferences().letters || isTyping(event.target)) return
      const act = latest.current[event.key]
      if (act !== undefined && act() !== NOT_MINE) event.preventDefault()
    }
    window.addEventListener('keydown', onKey, isFirst)
    return () => window.removeEventListener('keydown', onKey, isFirst)
  }, [isFirst])
}

/** Moves the focus to the next (1) or previous (-1) row of the page; rows are marked with `data-row`. */
export function moveFocus(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')].filter(
    (row) => row.getClientRects().length > 0,
  )
  // biome-ignore lint/complexity/useIndexOf: what has the focus may be no row at all.
  const here = rows.findIndex((row) => row === document.activeElement)
  const next = here === -1 ? (step === 1 ? 0 : rows.length - 1) : here + step
  const row = rows[Math.max(0, Math.min(rows.length - 1, next))]
  row?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}

/** The keys that move through the rows of a page. */
export const rowKeys: Keys = { j: () => moveFocus(1), k: () => moveFocus(-1) }
