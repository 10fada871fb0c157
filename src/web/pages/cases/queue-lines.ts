import { useEffect } from 'react'

/** What can be done with a line of the queue beside working on it. */
export type Lines = Readonly<{
  /** The case beside the queue; null where none is open. Undefined where a case has a page of its own. */
  open: string | null | undefined
  /** Shows a case beside the queue; the focus stays where it is. */
  look: (id: string) => void
  /** Goes into a case that is opened. */
  enter: (id: string) => void
}>

/** The case of a line that has the focus. */
export const caseIn = (element: Element | null): string | undefined =>
  element instanceof HTMLElement ? element.dataset.case : undefined

/** The line of a case in the queue, if it is there. */
export const lineOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`main [data-case="${CSS.escape(id)}"]`)

let left: string | null = null

/** Remembers which case was on a page of its own: the queue that follows gives the focus back to its line. */
export const noteLeft = (id: string): void => {
  left = id
}

/** Gives the focus back to the line of the case that was left, once the queue is read. */
export function useFocusBack(isRead: boolean): void {
  useEffect(() => {
    if (!isRead || left === null) return
    lineOf(left)?.focus()
    left = null
  }, [isRead])
}
