import { useState } from 'react'
import { onSignOut } from '../../sign-out.ts'
import { type Noted, nothingNoted } from './promise-notes.ts'
import type { Typed } from './telling-draft.ts'

/** What somebody typed for a telling, and what she said of the promises in it. */
export type Draft = Readonly<{ typed: Typed; noted: Noted }>

const none: Draft = { typed: {}, noted: nothingNoted }
// Drafts outlive the page, so that looking at another case costs nothing that was typed.
const drafts = new Map<string, Draft>()
onSignOut(() => drafts.clear())

/** The draft under a name, kept until it is dropped. Whoever draws it has the name as its `key`. */
export function useDraft(name: string) {
  const [draft, setDraft] = useState(() => drafts.get(name) ?? none)
  const change = (next: (was: Draft) => Draft) =>
    setDraft((was) => {
      const is = next(was)
      drafts.set(name, is)
      return is
    })
  return {
    draft,
    change,
    drop: () => {
      drafts.delete(name)
      setDraft(none)
    },
  }
}
