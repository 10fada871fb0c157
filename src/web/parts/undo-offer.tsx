import { type ReactNode, useEffect } from 'react'
import { NOT_MINE, useKeys } from '../keyboard.ts'
import { useSpeech } from '../words.ts'

/** As long as an offer to undo stands. */
const UNDO_MS = 10_000

type Props = Readonly<{
  /** What was done, in words; null for nothing that can be taken back. */
  said: string | null
  undo: () => void
  hide: () => void
  /** What stands there when nothing is offered: why something was not taken back. */
  children?: ReactNode
}>

/** What was done last, to be taken back with one key; it goes by itself. */
export function UndoOffer({ said, undo, hide, children }: Props) {
  const { w } = useSpeech()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each thing that is done stands for its own ten seconds.
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(hide, UNDO_MS)
    return () => clearTimeout(timer)
  }, [said])
  const take = () => {
    if (said === null) return NOT_MINE
    hide()
    return undo()
  }
  useKeys({ z: take })
  return (
    <div className="undo-note" role="status">
      {said === null ? (
        children
      ) : (
        <>
          <span>{said}</span>
          <button type="button" className="btn" onClick={take}>
            {w.undo} <kbd>z</kbd>
          </button>
        </>
      )}
    </div>
  )
}
