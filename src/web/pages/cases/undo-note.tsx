import { useEffect, useSyncExternalStore } from 'react'
import { caseWords } from '../../../contract/words/cases.ts'
import { caseSteps } from '../../../core/case-clocks.ts'
import { NOT_MINE, useKeys } from '../../keyboard.ts'
import type { Language } from '../../language.ts'
import { Refusal } from '../../parts/states.tsx'
import type { Words } from '../../words/en.ts'
import { useSpeech } from '../../words.ts'
import { type Done, hideUndo, lastDone, listenToDone } from './last-done.ts'
import { useWork } from './use-work.ts'

/** As long as the server takes something back. */
const UNDO_MS = 10_000

const entryOf = {
  assign: 'assigned',
  'hand over': 'handed over',
  group: 'grouped',
  snooze: 'snoozed',
  wait: 'waited',
  resume: 'resumed',
} as const satisfies Partial<Record<Done['kind'], string>>
const isDesk = (kind: Done['kind']): kind is keyof typeof entryOf => kind in entryOf

function doneWords({ kind, whom }: Done, w: Words, language: Language): string {
  if (whom !== undefined && whom !== '') return w.desk.given(whom)
  const { steps, entries } = caseWords[language]
  const step = caseSteps.find((one) => one === kind)
  if (step !== undefined) return w.cases.done(steps[step])
  return isDesk(kind) ? `${entries[entryOf[kind]]}.` : w.cases.saved
}

/** What was done last, to take back with one key, wherever one looks by then; it goes by itself. */
export function UndoNote() {
  const { w, language } = useSpeech()
  const done = useSyncExternalStore(listenToDone, lastDone)
  const work = useWork()
  useEffect(() => {
    const timer = setTimeout(() => hideUndo(done), UNDO_MS)
    return () => clearTimeout(timer)
  }, [done])
  const undo = () => {
    if (done === null) return NOT_MINE
    hideUndo(done)
    return work.mutate({ id: done.id, revision: done.revision, command: { kind: 'undo' } })
  }
  useKeys({ z: undo })
  return (
    <div className="undo-note" role="status">
      {done === null && work.isError ? <Refusal error={work.error} /> : null}
      {done === null ? null : (
        <>
          <span>{doneWords(done, w, language)}</span>
          <button type="button" className="btn" onClick={undo}>
            {w.undo} <kbd>z</kbd>
          </button>
        </>
      )}
    </div>
  )
}
