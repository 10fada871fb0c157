import { useSyncExternalStore } from 'react'
import { caseWords } from '../../../contract/words/cases.ts'
import { caseSteps } from '../../../core/cases/case-clocks.ts'
import type { Language } from '../../language.ts'
import { Refusal } from '../../parts/states.tsx'
import { UndoOffer } from '../../parts/undo-offer.tsx'
import type { Words } from '../../words/en.ts'
import { useSpeech } from '../../words.ts'
import { type Done, hideUndo, lastDone, listenToDone } from './last-done.ts'
import { useWork } from './use-work.ts'

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
  return (
    <UndoOffer
      of={done}
      said={done === null ? null : doneWords(done, w, language)}
      undo={() => {
        if (done !== null) work.mutate({ id: done.id, revision: done.revision, command: { kind: 'undo' } })
      }}
      hide={() => hideUndo(done)}
    >
      {work.isError ? <Refusal error={work.error} /> : null}
    </UndoOffer>
  )
}
