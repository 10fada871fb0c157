import type { ReactNode } from 'react'

type Props = Readonly<{ label: string; className?: string; children: ReactNode }>

/** Something wider or longer than its place: it scrolls in itself, and takes the focus so that keys can scroll it. */
export function Scroll({ label, className = 'scroll', children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to take the focus.
    <section className={className} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
