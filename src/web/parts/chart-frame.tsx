import { type ReactNode, useEffect, useRef, useState } from 'react'
import { usePreferences } from '../preferences.ts'
import { useSpeech } from '../words.ts'
import { Scroll } from './scroll.tsx'

/** The real width of an element in pixels, followed as it changes; 0 until it is known. */
function useWidth() {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)))
    observer.observe(element)
    setWidth(Math.floor(element.clientWidth))
    return () => observer.disconnect()
  }, [])
  return { place, width }
}

/** A place that tells its child its real width, so that a chart is drawn and never scaled. */
export function Sized({ height, children }: Readonly<{ height: number; children: (width: number) => ReactNode }>) {
  const { place, width } = useWidth()
  return (
    <div ref={place} style={{ minHeight: height }}>
      {width > 0 ? children(width) : null}
    </div>
  )
}

type Props = Readonly<{
  title: string
  note?: string
  controls?: ReactNode
  height: number
  table: ReactNode
  children: (width: number) => ReactNode
}>

/** A chart with its heading and its table; `t` turns all charts of the page into tables, the word only this one. */
export function ChartFrame({ title, note, controls, height, table, children }: Props) {
  const { w } = useSpeech()
  const { tables } = usePreferences()
  const [own, setOwn] = useState(false)
  const asTable = tables !== own
  return (
    <section aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        {note === undefined ? null : <span className="quiet xs">{note}</span>}
        <span className="grow" />
        <button type="button" className="q xs quiet" aria-pressed={asTable} onClick={() => setOwn((so) => !so)}>
          {w.table}
        </button>
        {controls}
      </div>
      {asTable ? (
        <Scroll className="chart-table" label={`${title}, ${w.table}`}>
          {table}
        </Scroll>
      ) : (
        <Sized height={height}>{children}</Sized>
      )}
    </section>
  )
}
