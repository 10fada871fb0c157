import { useSyncExternalStore } from 'react'

// As wide as three panes need beside the navigation; the style of the cases says the same.
const WIDE = '(min-width: 1280px)'

const listen = (changed: () => void) => {
  const query = matchMedia(WIDE)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Whether the window has room for a list beside what is opened from it. */
export const useWide = (): boolean => useSyncExternalStore(listen, () => matchMedia(WIDE).matches)
