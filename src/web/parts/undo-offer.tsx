import { type ReactNode, useEffect } from 'react'
import { NOT_MINE, useKeys } from '../keyboard.ts'
import { useSpeech } from '../words.ts'

/** As long as an offer to undo stands; the server takes a step of a case back for as long. */
const UNDO_MS = 10_000

type Props = Readonly<{
  /** What was done: each thing stands for its own ten seconds, also where two are told in the same words. */
  of: unknown
  /** The same in words; null for nothing that can be taken back. */
  said: string | null
  undo: () => void
  hide: () => void
  /** What stands there when nothing is offered: why something was not taken back. */
  children?: ReactNode
}>

/** What was done last, to be taken back with one key; it goes by itself. */
export function UndoOffer({ of, said, undo, hide, children }: Props) {
  const { w } = useSpeech()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn anew begins no new ten seconds.
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(hide, UNDO_MS)
    return () => clearTimeout(timer)
  }, [of])
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
