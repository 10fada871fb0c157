import { type ReactNode, useEffect, useRef } from 'react'
import { useSpeech } from '../words.ts'

type Props = Readonly<{ title: string; before?: ReactNode; children?: ReactNode }>

/** The head of a page: its one `h1`, which takes the focus when the page opens, so that a reader hears where she is. */
export function PageHead({ title, before, children }: Props) {
  const { w } = useSpeech()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = w.pageTitle(title)
  }, [title, w])
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [])
  return (
    <header className="head">
      {before}
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </header>
  )
}
